import type { DemoCategory } from '../types.ts'

export const phones: DemoCategory = {
  slug: 'phones-accessories',
  name: { en: 'Phones & accessories', bn: 'মোবাইল ও অনুষঙ্গ' },
  products: [
    {
      slug: 'jonaki-j5-smartphone',
      name: { en: 'Jonaki J5 smartphone', bn: 'জোনাকি জে৫ স্মার্টফোন' },
      description: {
        en: 'A 6.6-inch 90 Hz screen, two SIMs and a separate memory-card slot, with a 5,000 mAh battery that sees out a day of load-shedding. BTRC-registered IMEI. One year of service warranty at Motalib Plaza, and a case in the box.',
        bn: '৬.৬ ইঞ্চির ৯০ হার্টজ পর্দা, দুই সিমের সঙ্গে মেমোরি কার্ডের আলাদা জায়গা; ৫০০০ এমএএইচ ব্যাটারি, লোডশেডিংয়ের দিনেও চলে। আইএমইআই বিটিআরসিতে নিবন্ধিত। মোতালিব প্লাজায় এক বছরের সার্ভিস ওয়ারেন্টি, বাক্সে কভার ফ্রি।',
      },
      images: [],
      variants: [
        {
          sku: 'PHN-J5-4-64-BLUE',
          name: { en: '4/64 GB, blue', bn: '৪/৬৪ জিবি, নীল' },
          pricePoisha: 12990_00,
          salePricePoisha: 11990_00,
          onHand: 80,
          maxPerOrder: 2,
        },
        {
          sku: 'PHN-J5-6-128-BLUE',
          name: { en: '6/128 GB, blue', bn: '৬/১২৮ জিবি, নীল' },
          pricePoisha: 15490_00,
          onHand: 65,
          maxPerOrder: 2,
        },
        {
          sku: 'PHN-J5-6-128-BLACK',
          name: { en: '6/128 GB, black', bn: '৬/১২৮ জিবি, কালো' },
          pricePoisha: 15490_00,
          onHand: 5,
          maxPerOrder: 2,
        },
      ],
    },
    {
      slug: 'jonaki-button-phone-torch',
      name: { en: 'Jonaki button phone with torch', bn: 'জোনাকি টর্চওয়ালা বাটন ফোন' },
      description: {
        en: 'Big Bangla keypad, loud speaker, a torch bright enough for the field path and a battery that lasts nine days on standby. Dual SIM, FM without earphones. Made for parents in the village.',
        bn: 'বড় বাংলা বোতাম, জোরালো স্পিকার, খেতের আলে হাঁটার মতো উজ্জ্বল টর্চ; এক চার্জে নয় দিন পর্যন্ত স্ট্যান্ডবাই। দুই সিম, হেডফোন ছাড়াই এফএম শোনা যায়। গ্রামে থাকা বাবা-মায়ের কথা ভেবে বানানো।',
      },
      images: [],
      variants: [
        { sku: 'PHN-BTN-RED', name: { en: 'Red', bn: 'লাল' }, pricePoisha: 1590_00, onHand: 115, maxPerOrder: 5 },
        { sku: 'PHN-BTN-BLACK', name: { en: 'Black', bn: 'কালো' }, pricePoisha: 1590_00, onHand: 150, maxPerOrder: 5 },
      ],
    },
    {
      slug: 'power-bank-20000mah',
      name: { en: 'Power bank, 20,000 mAh', bn: 'পাওয়ার ব্যাংক, ২০,০০০ এমএএইচ' },
      description: {
        en: 'Charges a phone about three and a half times and runs a Wi-Fi router for five hours through its 12-volt port. Fast charging at 22.5 W. Weighs 430 grams; replacement warranty of six months.',
        bn: 'একটি ফোন সাড়ে তিনবারের মতো চার্জ হয়, আর ১২ ভোল্টের পোর্টে ওয়াইফাই রাউটার চলে পাঁচ ঘণ্টা। ফাস্ট চার্জ ২২.৫ ওয়াট। ওজন ৪৩০ গ্রাম; ছয় মাসের মধ্যে নষ্ট হলে বদলে নতুন।',
      },
      images: [],
      variants: [
        {
          sku: 'ACC-PBANK-20K',
          name: null,
          pricePoisha: 2450_00,
          salePricePoisha: 2090_00,
          onHand: 170,
          maxPerOrder: 5,
        },
      ],
    },
    {
      slug: 'wireless-earbuds-jonaki-air',
      name: { en: 'Jonaki wireless earbuds', bn: 'জোনাকি তারহীন ইয়ারবাড' },
      description: {
        en: 'Six hours on a charge and eighteen more from the case, with two microphones that cut the horns of Farmgate out of a call. Sweat-proof. Three sizes of silicone tips and a USB-C cable included.',
        bn: 'একবার চার্জে ছয় ঘণ্টা, কেসে আরও আঠারো ঘণ্টা; দুটি মাইক্রোফোন ফার্মগেটের হর্ন ছেঁকে গলাটুকু পৌঁছে দেয়। ঘামে নষ্ট হয় না। তিন মাপের সিলিকন টিপ আর টাইপ-সি কেবল সঙ্গে।',
      },
      images: [],
      variants: [
        { sku: 'ACC-EARBUD-WHITE', name: { en: 'White', bn: 'সাদা' }, pricePoisha: 1850_00, onHand: 140, maxPerOrder: 5 },
        {
          sku: 'ACC-EARBUD-BLACK',
          name: { en: 'Black', bn: 'কালো' },
          pricePoisha: 1850_00,
          salePricePoisha: 1550_00,
          onHand: 125,
          maxPerOrder: 5,
        },
      ],
    },
    {
      slug: 'fast-charger-33w-type-c',
      name: { en: '33 W charger with USB-C cable', bn: '৩৩ ওয়াট চার্জার, টাইপ-সি কেবলসহ' },
      description: {
        en: 'Two-pin plug for our sockets, protection against the voltage swings that kill cheap chargers (works from 150 to 265 V), and a braided cable of 1.2 metres. One-year replacement.',
        bn: 'আমাদের সকেটের উপযোগী দুই পিন; ১৫০ থেকে ২৬৫ ভোল্ট পর্যন্ত ওঠানামা সামলায়, যাতে সস্তা চার্জার পুড়ে যায়। ১.২ মিটার বেণি করা কেবল, এক বছরের মধ্যে সমস্যা হলে বদলে দিই।',
      },
      images: [],
      variants: [{ sku: 'ACC-CHG33-C', name: null, pricePoisha: 890_00, onHand: 260 }],
    },
    {
      slug: 'phone-tripod-with-remote',
      name: { en: 'Phone tripod with remote', bn: 'রিমোটসহ মোবাইল ট্রাইপড' },
      description: {
        en: 'Opens from 32 cm to 1.6 metres, so the whole family fits in the Eid picture and nobody has to hold the phone. Bluetooth shutter works from ten metres. Aluminium legs, 580 grams.',
        bn: '৩২ সেমি থেকে খুলে ১.৬ মিটার পর্যন্ত হয়; ঈদের ছবিতে বাড়ির সবাই থাকবেন, কাউকে ফোন ধরে দাঁড়াতে হবে না। দশ মিটার দূর থেকে ব্লুটুথ রিমোটে ছবি ওঠে। অ্যালুমিনিয়ামের পা, ওজন ৫৮০ গ্রাম।',
      },
      images: [],
      variants: [{ sku: 'ACC-TRIPOD-160', name: null, pricePoisha: 1150_00, onHand: 73 }],
    },
  ],
}
