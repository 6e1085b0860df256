-- What only the old database has: all that came after the time that the new one is of. Ask the old one.
-- psql -v since="'2027-03-15T14:00:00Z'" -f left-behind.sql
select number, status, payment_method, total_poisha / 100 as total_taka, recipient_name, phone, placed_at
  from orders
 where placed_at > :since
 order by placed_at;

-- Money that arrived or moved: compare with the provider's own list.
select p.provider, p.reference, p.status, p.amount_poisha / 100 as taka, o.number, p.updated_at
  from payments p
  join orders o on o.id = p.order_id
 where p.updated_at > :since
 order by p.updated_at;

-- Orders of before that went on since: packed, shipped, cancelled.
select o.number, e.from_status, e.to_status, e.actor_role, e.at
  from order_events e
  join orders o on o.id = e.order_id
 where e.at > :since and o.placed_at <= :since
 order by e.at;

-- What those orders took off the shelf, which the new one believes to be still there.
select l.sku, sum(l.quantity) as units
  from orders o
  join order_lines l on l.order_id = o.id
 where o.placed_at > :since and o.stock_held <> 'none'
 group by l.sku
 order by l.sku;

-- Who registered since, and what staff changed.
select username, role, created_at from accounts where created_at > :since order by created_at;
select at, actor_role, action from audit_log where at > :since order by at;
