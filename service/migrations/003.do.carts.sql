-- A cart belongs to an account or to whoever holds its signed token. Its version rises with every change,
-- so that a checkout names exactly the cart that the shopper saw.

create table carts (
  id uuid primary key default gen_random_uuid(),
  account_id uuid references accounts,
  version integer not null default 1,
  status text not null default 'active',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint cart_status_known check (status in ('active', 'merged', 'ordered'))
);
create unique index cart_one_active_per_account on carts (account_id) where status = 'active' and account_id is not null;
create index cart_guest_by_age on carts (updated_at) where account_id is null and status <> 'ordered';

create table cart_items (
  cart_id uuid not null references carts on delete cascade,
  sku text not null references variants,
  quantity integer not null,
  added_at timestamptz not null default now(),
  primary key (cart_id, sku),
  constraint cart_quantity_in_range check (quantity between 1 and 10)
);
