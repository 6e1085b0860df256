-- What the shop sells. Money is integer poisha, VAT included.

create extension if not exists pg_trgm;

-- What both sides of a search are brought to, here and nowhere else, so that no other program's idea of Unicode matters.
-- NFC, because composed and decomposed Bangla letters have different trigrams (it takes U+09DC, 09DD and 09DF apart, as every NFC
-- does); without U+200C and U+200D, which only choose how a conjunct is drawn and which some keyboards type and others do not.
create function search_form_v1(words text) returns text language sql immutable strict parallel safe as $$
  select lower(normalize(translate(words, U&'\200C\200D', ''), NFC))
$$;

-- The LIKE pattern for texts in which a word occurs, whatever it is made of.
create function search_pattern_v1(word text) returns text language sql immutable strict parallel safe as $$
  select '%' || regexp_replace(search_form_v1(word), '([\\%_])', '\\\1', 'g') || '%'
$$;

create table categories (
  id integer generated always as identity primary key,
  slug text not null constraint category_slug_unique unique,
  name_en text not null,
  name_bn text not null,
  position integer not null default 0,
  constraint category_slug_shape check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80)
);

create table products (
  id bigint generated always as identity primary key,
  slug text not null constraint product_slug_unique unique,
  category_id integer not null references categories,
  name_en text not null,
  name_bn text not null,
  description_en text not null default '',
  description_bn text not null default '',
  image_urls text[] not null default '{}',
  active boolean not null default true,
  -- Rises with every change, so that nobody changes what they have not seen.
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  search_text text not null generated always as
    (search_form_v1(name_en || ' ' || name_bn || ' ' || description_en || ' ' || description_bn)) stored,
  constraint product_slug_shape check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
  constraint product_name_length check (length(name_en) between 1 and 120 and length(name_bn) between 1 and 120),
  constraint product_description_length check (length(description_en) <= 1000 and length(description_bn) <= 1000),
  constraint product_images_bounded check (cardinality(image_urls) <= 10)
);
create index product_by_category on products (category_id);
create index product_search on products using gin (search_text gin_trgm_ops);

create table variants (
  sku text constraint variant_sku_unique primary key,
  product_id bigint not null references products,
  name_en text,
  name_bn text,
  price_poisha bigint not null,
  sale_price_poisha bigint,
  max_per_order integer not null default 10,
  position integer not null default 0,
  active boolean not null default true,
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  constraint variant_sku_shape check (sku ~ '^[A-Z0-9]+(-[A-Z0-9]+)*$' and length(sku) <= 40),
  constraint variant_named_in_both_languages check ((name_en is null) = (name_bn is null)),
  constraint variant_price_in_range check (price_poisha between 100 and 100000000),
  constraint variant_sale_below_price check (sale_price_poisha >= 100 and sale_price_poisha < price_poisha),
  constraint variant_order_limit_in_range check (max_per_order between 1 and 10)
);
create index variant_by_product on variants (product_id);

-- on_hand is what stands on the shelf; reserved is the part of it that unpaid orders hold for a while.
create table stock (
  sku text primary key references variants,
  on_hand integer not null default 0,
  reserved integer not null default 0,
  updated_at timestamptz not null default now(),
  constraint stock_not_oversold check (reserved >= 0 and reserved <= on_hand),
  constraint stock_in_range check (on_hand <= 10000000)
);
