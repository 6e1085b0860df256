-- Delivery, orders, reservations, payments, idempotency keys and the outbox.

create table delivery_zones (
  zone text primary key,
  fee_poisha bigint not null,
  constraint delivery_fee_in_range check (fee_poisha between 0 and 1000000)
);

create table districts (
  slug text primary key,
  name_en text not null,
  name_bn text not null,
  zone text not null references delivery_zones
);

create sequence order_number_seed;

-- Nine digits that a person can read out: a bijection of the sequence, so that numbers neither collide nor tell how many
-- orders there are at a glance, and a Luhn digit, so that one misheard digit is noticed instead of finding a stranger's order.
create function order_number_v1(seed bigint) returns text language plpgsql immutable as $$
declare
  body text := lpad(((seed * 48271063 + 27182818) % 100000000)::text, 8, '0');
  total integer := 0;
  digit integer;
begin
  for i in 1..8 loop
    digit := substr(body, 9 - i, 1)::integer;
    if i % 2 = 1 then
      digit := digit * 2;
      if digit > 9 then digit := digit - 9; end if;
    end if;
    total := total + digit;
  end loop;
  return body || ((10 - total % 10) % 10)::text;
end $$;

create table orders (
  id uuid primary key default gen_random_uuid(),
  number text not null default order_number_v1(nextval('order_number_seed')) constraint order_number_unique unique,
  account_id uuid references accounts,
  cart_id uuid not null constraint order_once_per_cart unique,
  status text not null,
  payment_method text not null,
  currency text not null default 'BDT',
  subtotal_poisha bigint not null,
  shipping_poisha bigint not null,
  total_poisha bigint not null,
  paid_poisha bigint not null default 0,
  refunded_poisha bigint not null default 0,
  -- What this order still holds of the stock: it comes back exactly once, because the order then holds none.
  stock_held text not null,
  recipient_name text not null,
  phone text not null,
  address_line text not null,
  district text not null references districts (slug),
  zone text not null references delivery_zones,
  placed_at timestamptz not null default now(),
  expires_at timestamptz,
  updated_at timestamptz not null default now(),
  constraint order_status_known check (status in ('awaiting_payment', 'expired', 'placed', 'confirmed', 'packed', 'shipped',
    'delivered', 'cancelled', 'delivery_failed', 'returned', 'refund_due', 'refunded')),
  constraint order_stock_held_known check (stock_held in ('none', 'reserved', 'taken')),
  constraint order_total_adds_up check (total_poisha = subtotal_poisha + shipping_poisha and subtotal_poisha > 0 and shipping_poisha >= 0),
  constraint order_paid_in_range check (paid_poisha >= 0 and refunded_poisha between 0 and paid_poisha),
  constraint order_awaiting_payment_expires check (status <> 'awaiting_payment' or expires_at is not null),
  constraint order_phone_shape check (phone ~ '^01[3-9][0-9]{8}$')
);
create index order_by_account on orders (account_id, placed_at desc, id desc) where account_id is not null;
create index order_by_status on orders (status, placed_at desc, id desc);
create index order_by_age on orders (placed_at desc, id desc);
create index order_by_expiry on orders (expires_at) where status = 'awaiting_payment';

create table order_lines (
  order_id uuid not null references orders,
  sku text not null references variants,
  product_slug text not null,
  name_en text not null,
  name_bn text not null,
  variant_en text,
  variant_bn text,
  quantity integer not null,
  unit_price_poisha bigint not null,
  primary key (order_id, sku),
  constraint order_line_quantity_in_range check (quantity between 1 and 10),
  constraint order_line_price_positive check (unit_price_poisha > 0)
);

create table reservations (
  order_id uuid not null references orders,
  sku text not null references stock,
  quantity integer not null,
  expires_at timestamptz not null,
  primary key (order_id, sku),
  constraint reservation_quantity_positive check (quantity > 0)
);
create index reservation_by_sku on reservations (sku, expires_at);

create table order_events (
  id bigint generated always as identity primary key,
  order_id uuid not null references orders,
  from_status text,
  to_status text not null,
  actor_id uuid,
  actor_role text not null,
  note text,
  at timestamptz not null default now()
);
create index order_event_by_order on order_events (order_id, id);

-- What providers say about money. A payment is recorded even when it fits no order any more: money is never lost.
create table payments (
  id uuid primary key default gen_random_uuid(),
  order_id uuid not null references orders,
  provider text not null,
  reference text not null,
  amount_poisha bigint not null,
  currency text not null,
  status text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint payment_reference_unique unique (provider, reference),
  constraint payment_status_known check (status in ('pending', 'settled', 'mismatched', 'refund_due', 'refunded')),
  constraint payment_amount_positive check (amount_poisha > 0)
);
create index payment_by_order on payments (order_id);

create table payment_events (
  provider text not null,
  event_id text not null,
  received_at timestamptz not null default now(),
  outcome text not null,
  primary key (provider, event_id)
);
create index payment_event_by_age on payment_events (received_at);

-- Written in the order's own transaction and only for orders that were placed: a refused attempt is decided anew.
create table idempotency_keys (
  scope text not null,
  key text not null,
  request_hash bytea not null,
  order_id uuid not null references orders,
  receipt jsonb not null,
  created_at timestamptz not null default now(),
  primary key (scope, key),
  constraint idempotency_key_length check (length(key) between 1 and 255),
  constraint idempotency_hash_is_sha256 check (octet_length(request_hash) = 32)
);
create index idempotency_key_by_age on idempotency_keys (created_at);

create table outbox (
  id bigint generated always as identity primary key,
  event_id uuid not null default gen_random_uuid() constraint outbox_event_unique unique,
  topic text not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  available_at timestamptz not null default now(),
  attempts integer not null default 0,
  delivered_at timestamptz,
  dead_at timestamptz,
  last_error text,
  constraint outbox_topic_shape check (topic ~ '^[a-z_]+\.[a-z_]+$')
);
create index outbox_due on outbox (available_at, id) where delivered_at is null and dead_at is null;
create index outbox_done on outbox (delivered_at) where delivered_at is not null;
create index outbox_dead on outbox (dead_at) where dead_at is not null;
