-- What there is room for. Of these, superuser_reserved_connections and rds.rds_superuser_reserved_connections are not for the shop.
select current_setting('max_connections') as offered, count(*) as taken
  from pg_stat_activity
 where backend_type = 'client backend';

-- Who has them, and what they do.
select usename, application_name, state, count(*), max(now() - state_change) as longest
  from pg_stat_activity
 where backend_type = 'client backend'
 group by usename, application_name, state
 order by count(*) desc;

-- From which machines: each pod of the shop has at most 14.
select client_addr, usename, count(*)
  from pg_stat_activity
 where backend_type = 'client backend'
 group by client_addr, usename
 order by count(*) desc
 limit 20;

-- Who waits for whom.
select w.pid as waits, w.usename, pg_blocking_pids(w.pid) as blocked_by, now() - w.query_start as since, left(w.query, 60) as query
  from pg_stat_activity w
 where cardinality(pg_blocking_pids(w.pid)) > 0;
