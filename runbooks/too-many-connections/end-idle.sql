-- Ends what has stood idle in an open transaction for five minutes. A user may end its own; the master user may end all but its betters'.
select pid, usename, pg_terminate_backend(pid) as ended
  from pg_stat_activity
 where state like 'idle in transaction%' and now() - state_change > interval '5 minutes' and pid <> pg_backend_pid();
