-- A checkout is one call of place_order_v1: it decides and writes everything, or writes nothing.
--
-- The order of its locks is the order of every writer of stock: cart, then order, then stock by SKU.
-- It returns a decision as JSON instead of raising, because a refusal has written nothing that must be undone:
--   placed, replayed     with the receipt
--   in_progress          a twin with the same key is being decided by somebody else right now
--   key_reused           the key belongs to another payload
--   cart_empty           there is no active cart, or nothing in it
--   cart_changed         with the version it has now
--   unknown_district
--   cart_limit           with the limits that the cart is above: they were lowered, or a rule was changed, since it was filled
--   sold_out             with the SKUs, and whether reservations of some have expired and only wait to be released
--   price_changed        with the lines and totals as they are now
-- Isolation is READ COMMITTED: what was read after a lock was granted is what its last holder left behind.

create function json_time_v1(at timestamptz) returns text language sql immutable as $$
  select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- What of a cart the stock does not cover, by SKU; null when it covers all.
create function cart_shortage_v1(p_cart_id uuid) returns jsonb language sql stable as $$
  select jsonb_agg(i.sku order by i.sku)
  from cart_items i
    join variants v using (sku)
    join products p on p.id = v.product_id
    left join stock s using (sku)
  where i.cart_id = p_cart_id
    and (not v.active or not p.active or i.quantity > coalesce(s.on_hand - s.reserved, 0))
$$;

create function sold_out_v1(p_skus jsonb) returns jsonb language sql stable as $$
  select jsonb_build_object('decision', 'sold_out', 'skus', p_skus, 'releasable', exists (
    select from reservations r where r.expires_at <= now() and r.sku in (select jsonb_array_elements_text(p_skus))))
$$;

create function place_order_v1(
  p_scope text,
  p_key text,
  p_request_hash bytea,
  -- The account whose cart it is; null: that of a guest, by its id.
  p_account_id uuid,
  p_guest_cart_id uuid,
  p_cart_version integer,
  p_expected_total_poisha bigint,
  p_payment_method text,
  -- Null: paid on delivery, the stock is taken now. Otherwise it is reserved for so long.
  p_payment_window interval,
  p_recipient_name text,
  p_phone text,
  p_address_line text,
  p_district text,
  p_request_id text
) returns jsonb language plpgsql as $$
declare
  v_twin record;
  v_cart_id uuid;
  v_cart_version integer;
  v_zone text;
  v_zone_fee bigint;
  v_lines jsonb;
  v_limits jsonb;
  v_short jsonb;
  v_subtotal bigint;
  v_total bigint;
  v_order orders;
  v_receipt jsonb;
begin
  -- A twin in flight is not waited for here: whoever waits would hold a connection while another order needs it.
  if not pg_try_advisory_xact_lock(hashtextextended(p_scope || ' ' || p_key, 0)) then
    return jsonb_build_object('decision', 'in_progress');
  end if;

  select request_hash, receipt into v_twin from idempotency_keys where scope = p_scope and key = p_key;
  if found then
    if v_twin.request_hash <> p_request_hash then
      return jsonb_build_object('decision', 'key_reused');
    end if;
    return jsonb_build_object('decision', 'replayed', 'receipt', v_twin.receipt);
  end if;

  -- In a sale most checkouts ask for what has just sold out. They are told so before any lock: a row lock is a write, which
  -- queues at the hot row and waits for the disk (64 buyers of one sold-out SKU: 5,191 and 8,306 answers a second, against 305
  -- and 444 without these lines; orders that are placed do not notice).
  select id, version, cart_shortage_v1(id) into v_cart_id, v_cart_version, v_short from carts
    where status = 'active'
      and (account_id = p_account_id or (p_account_id is null and account_id is null and id = p_guest_cart_id));
  if v_cart_version = p_cart_version and v_short is not null then
    return sold_out_v1(v_short);
  end if;

  v_cart_id := cart_lock_v1(p_account_id, p_guest_cart_id, false);
  select version into v_cart_version from carts where id = v_cart_id;
  if not found then
    return jsonb_build_object('decision', 'cart_empty');
  end if;
  if v_cart_version <> p_cart_version then
    return jsonb_build_object('decision', 'cart_changed', 'cartVersion', v_cart_version);
  end if;

  select d.zone, z.fee_poisha into v_zone, v_zone_fee
    from districts d join delivery_zones z using (zone) where d.slug = p_district;
  if not found then
    return jsonb_build_object('decision', 'unknown_district');
  end if;

  -- The primary key of cart_items has already made one line of each SKU.
  perform 1 from stock s
    where s.sku in (select i.sku from cart_items i where i.cart_id = v_cart_id)
    order by s.sku for update;

  select
    jsonb_agg(jsonb_build_object(
      'sku', i.sku,
      'productSlug', p.slug,
      'name', jsonb_build_object('en', p.name_en, 'bn', p.name_bn),
      'variant', case when v.name_en is null then null else jsonb_build_object('en', v.name_en, 'bn', v.name_bn) end,
      'quantity', i.quantity,
      'unitPricePoisha', coalesce(v.sale_price_poisha, v.price_poisha),
      'linePoisha', i.quantity * coalesce(v.sale_price_poisha, v.price_poisha)
    ) order by i.sku),
    jsonb_agg(jsonb_build_object('sku', i.sku, 'maxPerOrder', v.max_per_order) order by i.sku) filter (
      where i.quantity > v.max_per_order),
    sum(i.quantity * coalesce(v.sale_price_poisha, v.price_poisha)),
    cart_shortage_v1(v_cart_id)
  into v_lines, v_limits, v_subtotal, v_short
  from cart_items i
    join variants v using (sku)
    join products p on p.id = v.product_id
  where i.cart_id = v_cart_id;

  if v_lines is null then
    return jsonb_build_object('decision', 'cart_empty');
  end if;
  if v_limits is not null then
    return jsonb_build_object('decision', 'cart_limit', 'limits', v_limits);
  end if;
  if v_short is not null then
    return sold_out_v1(v_short);
  end if;
  v_total := v_subtotal + v_zone_fee;
  if v_total <> p_expected_total_poisha then
    return jsonb_build_object('decision', 'price_changed', 'lines', v_lines, 'subtotalPoisha', v_subtotal,
      'shippingPoisha', v_zone_fee, 'totalPoisha', v_total);
  end if;

  insert into orders (account_id, cart_id, status, payment_method, subtotal_poisha, shipping_poisha, total_poisha,
      stock_held, recipient_name, phone, address_line, district, zone, expires_at)
    values (p_account_id, v_cart_id, case when p_payment_window is null then 'placed' else 'awaiting_payment' end,
      p_payment_method, v_subtotal, v_zone_fee, v_total,
      case when p_payment_window is null then 'taken' else 'reserved' end,
      p_recipient_name, p_phone, p_address_line, p_district, v_zone, now() + p_payment_window)
    returning * into v_order;

  insert into order_lines (order_id, sku, product_slug, name_en, name_bn, variant_en, variant_bn, quantity, unit_price_poisha)
    select v_order.id, l ->> 'sku', l ->> 'productSlug', l #>> '{name,en}', l #>> '{name,bn}', l #>> '{variant,en}',
      l #>> '{variant,bn}', (l ->> 'quantity')::integer, (l ->> 'unitPricePoisha')::bigint
    from jsonb_array_elements(v_lines) l;

  if p_payment_window is null then
    update stock s set on_hand = s.on_hand - l.quantity, updated_at = now()
      from order_lines l where l.order_id = v_order.id and l.sku = s.sku;
  else
    update stock s set reserved = s.reserved + l.quantity, updated_at = now()
      from order_lines l where l.order_id = v_order.id and l.sku = s.sku;
    insert into reservations (order_id, sku, quantity, expires_at)
      select order_id, sku, quantity, v_order.expires_at from order_lines where order_id = v_order.id;
  end if;

  update carts set status = 'ordered', version = version + 1, updated_at = now() where id = v_cart_id;

  insert into order_events (order_id, to_status, actor_id, actor_role)
    values (v_order.id, v_order.status, p_account_id, case when p_account_id is null then 'guest' else 'shopper' end);
  insert into audit_log (actor_id, actor_role, action, subject, after, request_id)
    values (p_account_id, case when p_account_id is null then 'guest' else 'shopper' end, 'order.' || v_order.status, 'order:' || v_order.id,
      jsonb_build_object('number', v_order.number, 'totalPoisha', v_total, 'paymentMethod', p_payment_method), p_request_id);
  insert into outbox (topic, payload)
    values ('order.' || v_order.status, jsonb_build_object('orderId', v_order.id, 'number', v_order.number, 'status', v_order.status,
      'totalPoisha', v_total, 'paymentMethod', p_payment_method));

  v_receipt := jsonb_build_object(
    'id', v_order.id,
    'number', v_order.number,
    'status', v_order.status,
    'paymentMethod', p_payment_method,
    'placedAt', json_time_v1(v_order.placed_at),
    'expiresAt', json_time_v1(v_order.expires_at),
    'lines', v_lines,
    'subtotalPoisha', v_subtotal,
    'shippingPoisha', v_zone_fee,
    'totalPoisha', v_total,
    'currency', v_order.currency,
    'delivery', jsonb_build_object('name', p_recipient_name, 'phone', p_phone, 'addressLine', p_address_line,
      'district', p_district, 'zone', v_zone));
  insert into idempotency_keys (scope, key, request_hash, order_id, receipt)
    values (p_scope, p_key, p_request_hash, v_order.id, v_receipt);
  return jsonb_build_object('decision', 'placed', 'receipt', v_receipt);
end $$;
