-- The largest tables, with their indexes, and how much of each is dead rows that vacuum has not taken away.
select c.relname as what,
       pg_size_pretty(pg_table_size(c.oid)) as rows_and_toast,
       pg_size_pretty(pg_indexes_size(c.oid)) as indexes,
       s.n_live_tup as live,
       s.n_dead_tup as dead,
       greatest(s.last_vacuum, s.last_autovacuum) as vacuumed
  from pg_class c
  join pg_stat_user_tables s on s.relid = c.oid
 order by pg_total_relation_size(c.oid) desc
 limit 10;

-- Slots that keep transaction logs. One that is not active keeps them for ever: select pg_drop_replication_slot('NAME').
select slot_name, slot_type, active,
       pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) as keeps
  from pg_replication_slots
 order by restart_lsn;

-- Files of sorts and hashes that did not fit into memory, since the counters were last reset.
select datname, temp_files, pg_size_pretty(temp_bytes) as temp_bytes from pg_stat_database where datname = current_database();

-- What keeps vacuum from its work: the oldest transaction that is still open.
select pid, usename, application_name, state, now() - xact_start as open_for, left(query, 60) as query
  from pg_stat_activity
 where xact_start is not null and pid <> pg_backend_pid()
 order by xact_start
 limit 5;

-- What the shop keeps longer than it should, by its own rules.
select 'outbox, told' as what, count(*) as rows, min(delivered_at) as oldest from outbox where delivered_at is not null
union all select 'outbox, dead', count(*), min(dead_at) from outbox where dead_at is not null
union all select 'idempotency keys', count(*), min(created_at) from idempotency_keys
union all select 'payment events', count(*), min(received_at) from payment_events
union all select 'sessions over', count(*), min(expires_at) from sessions where expires_at < now()
union all select 'carts', count(*), min(updated_at) from carts;
