-- A checkout is one call of place_order_v1: it decides and writes everything, or writes nothing.
--
-- The order of its locks is the order of every writer of stock: cart, then order, then stock by SKU.
-- It returns a decision as JSON instead of raising, because a refusal has written nothing that must be undone:
--   placed, replayed     with the receipt
--   in_progress          a twin with the same key is being decided by somebody else right now
--   key_reused           the key belongs to another payload
--   cart_not_found, cart_changed, cart_empty, unknown_district
--   sold_out             with the SKUs; nothing taken
--   price_changed        with the lines and totals as they are now; nothing taken

create function json_time_v1(at timestamptz) returns text language sql immutable as $$
  select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

create function place_order_v1(
  p_scope text,
  p_key text,
  p_request_hash bytea,
  p_cart_id uuid,
  p_account_id uuid,
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
  v_cart record;
  v_zone text;
  v_zone_fee bigint;
  v_lines jsonb;
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

  select id, version into v_cart from carts
    where id = p_cart_id and status = 'active' and account_id is not distinct from p_account_id for update;
  if not found then
    return jsonb_build_object('decision', 'cart_not_found');
  end if;
  if v_cart.version <> p_cart_version then
    return jsonb_build_object('decision', 'cart_changed', 'cartVersion', v_cart.version);
  end if;

  select d.zone, z.fee_poisha into v_zone, v_zone_fee
    from districts d join delivery_zones z using (zone) where d.slug = p_district;
  if not found then
    return jsonb_build_object('decision', 'unknown_district');
  end if;

  -- The primary key of cart_items has already made one line of each SKU.
  perform 1 from stock s
    where s.sku in (select i.sku from cart_items i where i.cart_id = p_cart_id)
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
    jsonb_agg(i.sku order by i.sku) filter (
      where not v.active or not p.active or i.quantity > coalesce(s.on_hand - s.reserved, 0)),
    sum(i.quantity * coalesce(v.sale_price_poisha, v.price_poisha))
  into v_lines, v_short, v_subtotal
  from cart_items i
    join variants v using (sku)
    join products p on p.id = v.product_id
    left join stock s using (sku)
  where i.cart_id = p_cart_id;

  if v_lines is null then
    return jsonb_build_object('decision', 'cart_empty');
  end if;
  if v_short is not null then
    return jsonb_build_object('decision', 'sold_out', 'skus', v_short);
  end if;
  v_total := v_subtotal + v_zone_fee;
  if v_total <> p_expected_total_poisha then
    return jsonb_build_object('decision', 'price_changed', 'lines', v_lines, 'subtotalPoisha', v_subtotal,
      'shippingPoisha', v_zone_fee, 'totalPoisha', v_total);
  end if;

  insert into orders (account_id, cart_id, status, payment_method, subtotal_poisha, shipping_poisha, total_poisha,
      stock_held, recipient_name, phone, address_line, district, zone, expires_at)
    values (p_account_id, p_cart_id, case when p_payment_window is null then 'placed' else 'awaiting_payment' end,
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

  update carts set status = 'ordered', version = version + 1, updated_at = now() where id = p_cart_id;

  insert into order_events (order_id, to_status, actor_id, actor_role)
    values (v_order.id, v_order.status, p_account_id, case when p_account_id is null then 'guest' else 'shopper' end);
  insert into audit_log (actor_id, actor_role, action, subject, after, request_id)
    values (p_account_id, case when p_account_id is null then 'guest' else 'shopper' end, 'order.placed', 'order:' || v_order.id,
      jsonb_build_object('number', v_order.number, 'totalPoisha', v_total, 'paymentMethod', p_payment_method), p_request_id);
  insert into outbox (topic, payload)
    values ('order.placed', jsonb_build_object('orderId', v_order.id, 'number', v_order.number, 'status', v_order.status,
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
