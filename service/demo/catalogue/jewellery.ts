import type { DemoCategory } from '../types.ts'

export const jewellery: DemoCategory = {
  slug: 'jewellery',
  name: { en: 'Jewellery', bn: 'গয়না' },
  products: [
    {
      slug: 'silver-filigree-jhumka',
      name: { en: 'Silver filigree jhumka', bn: 'রুপার তারের কাজের ঝুমকা' },
      description: {
        en: 'Fine wire-work in 92.5 silver by a goldsmith family of Tanti Bazar, with a row of tiny bells that really ring. The pair weighs 14 grams. Comes with a purity slip and a soft pouch.',
        bn: 'তাঁতীবাজারের এক স্বর্ণকার পরিবারের হাতে ৯২.৫ রুপায় সূক্ষ্ম তারের কাজ, নিচে সারি সারি ছোট ঘুঙুর, নড়লে সত্যিই বাজে। জোড়ার ওজন ১৪ গ্রাম। বিশুদ্ধতার স্লিপ আর নরম থলেসহ দেওয়া হয়।',
      },
      images: [],
      variants: [
        {
          sku: 'JWL-JHUMKA-BRIGHT',
          name: { en: 'Bright silver', bn: 'উজ্জ্বল রুপালি' },
          pricePoisha: 4600_00,
          onHand: 24,
          maxPerOrder: 3,
        },
        {
          sku: 'JWL-JHUMKA-OXID',
          name: { en: 'Oxidised', bn: 'কালচে অক্সিডাইজড' },
          pricePoisha: 4600_00,
          onHand: 20,
          maxPerOrder: 3,
        },
      ],
    },
    {
      slug: 'glass-bangles-reshmi-dozen',
      name: { en: 'Reshmi glass bangles, two dozen', bn: 'রেশমি কাচের চুড়ি, দুই ডজন' },
      description: {
        en: 'Thin glass churi with a gold line, sorted by hand for colour at Chawkbazar. Twenty-four in a padded box; if any arrive broken we replace the box. Measure the inside of a bangle you already wear.',
        bn: 'চকবাজারে হাতে বেছে রং মেলানো, সোনালি রেখা টানা মিহি কাচের চুড়ি। তুলা দেওয়া বাক্সে ২৪টি; ভাঙা পেলে পুরো বাক্স বদলে দিই। যে চুড়ি পরেন তার ভেতরের মাপ দেখে নিন।',
      },
      images: [],
      variants: [
        { sku: 'JWL-RESHMI-RED-24', name: { en: 'Red, size 2.4', bn: 'লাল, ২.৪ মাপ' }, pricePoisha: 240_00, onHand: 200 },
        { sku: 'JWL-RESHMI-RED-26', name: { en: 'Red, size 2.6', bn: 'লাল, ২.৬ মাপ' }, pricePoisha: 240_00, onHand: 220 },
        {
          sku: 'JWL-RESHMI-GREEN-26',
          name: { en: 'Green, size 2.6', bn: 'সবুজ, ২.৬ মাপ' },
          pricePoisha: 240_00,
          salePricePoisha: 195_00,
          onHand: 185,
        },
        {
          sku: 'JWL-RESHMI-BLUE-26',
          name: { en: 'Sky blue, size 2.6', bn: 'আকাশি, ২.৬ মাপ' },
          pricePoisha: 240_00,
          onHand: 170,
        },
      ],
    },
    {
      slug: 'pink-pearl-necklace',
      name: { en: 'Freshwater pink pearl necklace', bn: 'মিঠাপানির গোলাপি মুক্তার মালা' },
      description: {
        en: 'Natural blush pearls of 5 to 6 mm, knotted one by one on silk thread so that a break never scatters them. Length 45 cm with a sterling clasp. Put it on after perfume, not before.',
        bn: '৫ থেকে ৬ মিলিমিটারের হালকা গোলাপি মুক্তা, রেশমি সুতায় প্রতিটির মাঝে গিঁট দেওয়া; ছিঁড়লেও ছড়িয়ে পড়বে না। লম্বায় ৪৫ সেমি, আংটা রুপার। আগে সুগন্ধি মাখুন, তারপর মালা পরুন।',
      },
      images: [],
      variants: [
        {
          sku: 'JWL-PEARL-45CM',
          name: null,
          pricePoisha: 3900_00,
          salePricePoisha: 3350_00,
          onHand: 21,
          maxPerOrder: 2,
        },
      ],
    },
    {
      slug: 'terracotta-necklace-set',
      name: { en: 'Terracotta necklace and earrings', bn: 'পোড়ামাটির মালা ও দুল' },
      description: {
        en: 'Clay from Dhamrai, pressed, fired and painted by hand in the colours of Pohela Boishakh. The whole set weighs 55 grams, lighter than it looks. Wipe with a dry cloth; it does not like a swim.',
        bn: 'ধামরাইয়ের এঁটেল মাটি ছাঁচে চেপে, পুড়িয়ে পয়লা বৈশাখের রঙে হাতে আঁকা। দেখতে যত ভারী, আসলে তত নয়; পুরো সেট ৫৫ গ্রাম। শুকনো কাপড়ে মুছবেন, পানিতে ভেজাবেন না।',
      },
      images: [],
      variants: [
        { sku: 'JWL-TERRA-REDWHITE', name: { en: 'Red and white', bn: 'লাল-সাদা' }, pricePoisha: 450_00, onHand: 92 },
        { sku: 'JWL-TERRA-TURQ', name: { en: 'Turquoise', bn: 'ফিরোজা' }, pricePoisha: 450_00, onHand: 66 },
      ],
    },
    {
      slug: 'gold-plated-choker-set',
      name: { en: 'Gold-plated choker set', bn: 'গোল্ড প্লেটেড চোকার সেট' },
      description: {
        en: 'Brass base with one-gram gold plating, kundan stones and a tikli to match the earrings. The back is a drawstring, so it fits any neck. Plating is guaranteed for one year if kept away from water.',
        bn: 'পিতলের ওপর এক গ্রাম সোনার প্রলেপ, কুন্দন পাথর বসানো; কানের দুলের সঙ্গে মিলিয়ে টিকলিও আছে। পেছনে টানা ডোর, সব গলায় মাপমতো হয়। পানি না লাগালে প্রলেপের এক বছরের নিশ্চয়তা।',
      },
      images: [],
      variants: [
        {
          sku: 'JWL-CHOKER-RUBY',
          name: { en: 'Ruby stones', bn: 'রুবি রঙের পাথর' },
          pricePoisha: 2850_00,
          onHand: 33,
          maxPerOrder: 4,
        },
        {
          sku: 'JWL-CHOKER-EMERALD',
          name: { en: 'Emerald stones', bn: 'পান্না রঙের পাথর' },
          pricePoisha: 2850_00,
          onHand: 1,
          maxPerOrder: 4,
        },
      ],
    },
  ],
}
