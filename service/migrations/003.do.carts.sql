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

-- Every writer of a cart locks its row first, so that two changes of one cart never work on the same state of it.
-- A function that refuses says so in its answer and has written nothing.

-- Locks the cart of whoever asks: the active cart of the account, otherwise the guest cart of that id. Null: there is none.
-- With p_create there always is one: a guest whose cart was ordered or merged gets another.
create function cart_lock_v1(p_account_id uuid, p_guest_cart_id uuid, p_create boolean) returns uuid language plpgsql as $$
declare
  v_id uuid;
begin
  loop
    if p_account_id is null then
      select id into v_id from carts
        where id = p_guest_cart_id and account_id is null and status = 'active' for update;
    else
      select id into v_id from carts where account_id = p_account_id and status = 'active' for update;
    end if;
    exit when v_id is not null or not p_create;
    -- A rival may make the account's cart between the two statements: then cart_one_active_per_account lets us look again.
    insert into carts (account_id, version) values (p_account_id, 0)
      on conflict (account_id) where status = 'active' and account_id is not null do nothing
      returning id into v_id;
    exit when v_id is not null;
  end loop;
  return v_id;
end $$;

-- A cart as its shopper sees it, at the prices of now. `free` is what the stock has of the SKU; null: it is not for sale any more.
create function cart_view_v1(p_cart_id uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('id', c.id, 'version', c.version, 'lines', coalesce(
    (select jsonb_agg(jsonb_build_object(
        'sku', i.sku,
        'productSlug', p.slug,
        'name', jsonb_build_object('en', p.name_en, 'bn', p.name_bn),
        'variant', case when v.name_en is null then null else jsonb_build_object('en', v.name_en, 'bn', v.name_bn) end,
        'quantity', i.quantity,
        'maxPerOrder', v.max_per_order,
        'unitPricePoisha', coalesce(v.sale_price_poisha, v.price_poisha),
        'linePoisha', i.quantity * coalesce(v.sale_price_poisha, v.price_poisha),
        'free', case when v.active and p.active then coalesce(s.on_hand - s.reserved, 0) end
      ) order by i.added_at, i.sku)
      from cart_items i
        join variants v using (sku)
        join products p on p.id = v.product_id
        left join stock s using (sku)
      where i.cart_id = c.id), '[]'))
  from carts c where c.id = p_cart_id
$$;

create function cart_read_v1(p_account_id uuid, p_guest_cart_id uuid) returns jsonb language sql stable as $$
  select cart_view_v1(c.id) from carts c
  where c.status = 'active'
    and (c.account_id = p_account_id or (p_account_id is null and c.account_id is null and c.id = p_guest_cart_id))
$$;

-- Records that a locked cart has changed, and shows it.
create function cart_changed_v1(p_cart_id uuid) returns jsonb language plpgsql as $$
begin
  update carts set version = version + 1, updated_at = now() where id = p_cart_id;
  return jsonb_build_object('decision', 'changed', 'cart', cart_view_v1(p_cart_id));
end $$;

-- Decides `changed`; `not_found`: no such SKU is for sale; `sku_limit` and `line_limit`, with the maximum.
create function cart_add_item_v1(p_account_id uuid, p_guest_cart_id uuid, p_sku text, p_quantity integer, p_max_lines integer)
  returns jsonb language plpgsql as $$
declare
  v_max integer;
  v_cart_id uuid;
  v_quantity integer;
  v_lines integer;
begin
  select v.max_per_order into v_max from variants v join products p on p.id = v.product_id
    where v.sku = p_sku and v.active and p.active;
  if not found then
    return jsonb_build_object('decision', 'not_found');
  end if;
  -- Known before there is a cart: a refusal makes none.
  if p_quantity > v_max then
    return jsonb_build_object('decision', 'sku_limit', 'maximum', v_max);
  end if;

  v_cart_id := cart_lock_v1(p_account_id, p_guest_cart_id, true);
  select coalesce(sum(quantity) filter (where sku = p_sku), 0), count(*) filter (where sku <> p_sku)
    into v_quantity, v_lines from cart_items where cart_id = v_cart_id;
  if v_quantity + p_quantity > v_max then
    return jsonb_build_object('decision', 'sku_limit', 'maximum', v_max);
  end if;
  if v_lines >= p_max_lines then
    return jsonb_build_object('decision', 'line_limit', 'maximum', p_max_lines);
  end if;

  insert into cart_items (cart_id, sku, quantity) values (v_cart_id, p_sku, p_quantity)
    on conflict (cart_id, sku) do update set quantity = v_quantity + p_quantity;
  return cart_changed_v1(v_cart_id);
end $$;

-- Sets the quantity of a line that is there; 0 takes it out. Decides `changed`, `not_found` or `sku_limit`.
create function cart_set_item_v1(p_account_id uuid, p_guest_cart_id uuid, p_sku text, p_quantity integer)
  returns jsonb language plpgsql as $$
declare
  v_cart_id uuid := cart_lock_v1(p_account_id, p_guest_cart_id, false);
  v_line record;
begin
  select i.quantity, v.max_per_order into v_line from cart_items i join variants v using (sku)
    where i.cart_id = v_cart_id and i.sku = p_sku;
  if not found then
    return jsonb_build_object('decision', 'not_found');
  end if;
  if p_quantity > v_line.max_per_order then
    return jsonb_build_object('decision', 'sku_limit', 'maximum', v_line.max_per_order);
  end if;
  -- The same quantity again is no change: a shopper's retry must not make the checkout of another tab fail.
  if p_quantity = v_line.quantity then
    return jsonb_build_object('decision', 'changed', 'cart', cart_view_v1(v_cart_id));
  end if;
  if p_quantity = 0 then
    delete from cart_items where cart_id = v_cart_id and sku = p_sku;
  else
    update cart_items set quantity = p_quantity where cart_id = v_cart_id and sku = p_sku;
  end if;
  return cart_changed_v1(v_cart_id);
end $$;

-- Takes every line out. Decides `changed`; `not_found`: there is no cart.
create function cart_clear_v1(p_account_id uuid, p_guest_cart_id uuid) returns jsonb language plpgsql as $$
declare
  v_cart_id uuid := cart_lock_v1(p_account_id, p_guest_cart_id, false);
begin
  if v_cart_id is null then
    return jsonb_build_object('decision', 'not_found');
  end if;
  delete from cart_items where cart_id = v_cart_id;
  if not found then
    return jsonb_build_object('decision', 'changed', 'cart', cart_view_v1(v_cart_id));
  end if;
  return cart_changed_v1(v_cart_id);
end $$;

-- Merges a guest cart into the account's: of each SKU the larger quantity, up to its limit. False: it is no active guest cart.
-- Locks the account's cart, then the guest's. Nobody holds a guest cart and waits for an account's, so no two merges deadlock.
create function cart_merge_v1(p_account_id uuid, p_guest_cart_id uuid, p_max_lines integer) returns boolean language plpgsql as $$
declare
  v_cart_id uuid;
begin
  -- Most logins bring no cart, or one without anything in it: they make none.
  perform 1 from carts c where c.id = p_guest_cart_id and c.account_id is null and c.status = 'active'
    and exists (select from cart_items i where i.cart_id = c.id);
  if not found then
    return false;
  end if;
  v_cart_id := cart_lock_v1(p_account_id, null, true);
  update carts set status = 'merged', version = version + 1, updated_at = now()
    where id = p_guest_cart_id and account_id is null and status = 'active';
  if not found then
    return false;
  end if;

  -- The lines that the account's cart has keep their place; of the guest's others, the latest fill what is left.
  insert into cart_items as mine (cart_id, sku, quantity, added_at)
    select v_cart_id, guest.sku, least(guest.quantity, v.max_per_order), guest.added_at
      from cart_items guest
        join variants v using (sku)
        left join cart_items mine on mine.cart_id = v_cart_id and mine.sku = guest.sku
      where guest.cart_id = p_guest_cart_id
      order by mine.sku is null, guest.added_at desc, guest.sku
      limit (select greatest(p_max_lines - count(*), 0) from cart_items other
        where other.cart_id = v_cart_id
          and other.sku not in (select sku from cart_items where cart_id = p_guest_cart_id))
    on conflict (cart_id, sku) do update set quantity = greatest(mine.quantity, excluded.quantity);
  update carts set version = version + 1, updated_at = now() where id = v_cart_id;
  return true;
end $$;
