/** What an account may do: buy; work in the shop; and change products, prices and who works there. */
export type Role = 'shopper' | 'staff' | 'admin'
