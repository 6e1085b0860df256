import type { Sql } from 'postgres'

export interface Good {
  /** On the shelf; 10 unless said. Null: the SKU has no row of stock. */
  units?: number | null
  pricePoisha?: number
  salePricePoisha?: number | null
  maxPerOrder?: number
  active?: boolean
}

/** Puts goods on sale, one product for each SKU: a test names only what it is about. */
export async function stockGoods(sql: Sql, goods: Record<string, Good>): Promise<void> {
  await sql`insert into categories (slug, name_en, name_bn) values ('goods', 'Goods', 'পণ্য') on conflict do nothing`
  for (const [sku, good] of Object.entries(goods)) {
    const { units = 10, pricePoisha = 50_000, salePricePoisha = null, maxPerOrder = 10, active = true } = good
    await sql`
      with product as (
        insert into products (slug, category_id, name_en, name_bn)
        select ${sku.toLowerCase()}, c.id, ${`The ${sku}`}, ${`${sku} পণ্য`} from categories c where c.slug = 'goods'
        returning id)
      insert into variants (sku, product_id, name_en, name_bn, price_poisha, sale_price_poisha, max_per_order, active)
      select ${sku}, id, 'Red', 'লাল', ${pricePoisha}, ${salePricePoisha}, ${maxPerOrder}, ${active} from product`
    if (units !== null) await sql`insert into stock (sku, on_hand) values (${sku}, ${units})`
  }
}
