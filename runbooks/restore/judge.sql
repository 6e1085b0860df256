-- Whether a restored database is whole. Ask the old one and the new one, and compare: the new one must have all but the last minutes.
-- Counting reads every row, which also warms a restored disk: RDS brings its blocks from S3 when they are read first.
select 'accounts' as what, count(*) as rows, max(created_at) as newest from accounts
union all select 'orders', count(*), max(placed_at) from orders
union all select 'order lines', count(*), null from order_lines
union all select 'payments', count(*), max(created_at) from payments
union all select 'products', count(*), max(updated_at) from products
union all select 'stock', count(*), max(updated_at) from stock
union all select 'audit log', count(*), max(at) from audit_log
union all select 'events not yet told', count(*), max(created_at) from outbox where delivered_at is null and dead_at is null;

-- No order may be torn: both must be 0.
select count(*) as orders_without_lines from orders where not exists (select from order_lines where order_id = orders.id);
select count(*) as stock_held_more_than_reserved
  from stock
  join (select sku, sum(quantity) as held from reservations group by sku) as reservations using (sku)
 where held > reserved;

-- Both users of the shop, able to log in; where RDS runs, members of rds_iam.
select rolname, rolcanlogin,
       exists (select from pg_auth_members m join pg_roles g on g.oid = m.roleid
                where m.member = r.oid and g.rolname = 'rds_iam') as logs_in_by_iam
  from pg_roles r
 where rolname in ('migrator', 'shop')
 order by rolname;

-- The next order's number comes from here: the new one must be ahead of the old one before it takes orders.
select last_value from order_number_seed;
