import type { DemoCategory } from '../types.ts'

export const eidGroceries: DemoCategory = {
  slug: 'semai-eid-groceries',
  name: { en: 'Semai & Eid groceries', bn: 'সেমাই ও ঈদের বাজার' },
  products: [
    {
      slug: 'lachcha-semai-ghee-fried',
      name: { en: 'Lachcha semai fried in ghee', bn: 'ঘিয়ে ভাজা লাচ্ছা সেমাই' },
      description: {
        en: 'Bogura-style lachcha, pulled by hand into threads and fried in cow ghee, ready in hot milk within five minutes. Packed the week it is made; best within three months.',
        bn: 'বগুড়ার কায়দায় হাতে টেনে চিকন করা, গাওয়া ঘিয়ে ভাজা লাচ্ছা; গরম দুধে দিলে পাঁচ মিনিটেই তৈরি। যে সপ্তাহে বানানো সেই সপ্তাহেই প্যাকেট করা, তিন মাসের মধ্যে খেলে সবচেয়ে ভালো।',
      },
      images: [],
      variants: [
        { sku: 'GRO-LACHCHA-200G', name: { en: '200 g', bn: '২০০ গ্রাম' }, pricePoisha: 130_00, onHand: 400 },
        {
          sku: 'GRO-LACHCHA-500G',
          name: { en: '500 g', bn: '৫০০ গ্রাম' },
          pricePoisha: 310_00,
          salePricePoisha: 280_00,
          onHand: 360,
        },
        {
          sku: 'GRO-LACHCHA-1KG',
          name: { en: '1 kg', bn: '১ কেজি' },
          pricePoisha: 600_00,
          salePricePoisha: 540_00,
          onHand: 220,
        },
      ],
    },
    {
      slug: 'bangla-semai-roasted',
      name: { en: 'Roasted bangla semai', bn: 'ভাজা বাংলা সেমাই' },
      description: {
        en: 'Thin wheat vermicelli, oven-roasted to a light brown so that you only add milk, sugar and bay leaf. No colour added. A packet of 200 grams makes eight bowls.',
        bn: 'গমের চিকন সেমাই, ওভেনে হালকা বাদামি করে ভাজা; শুধু দুধ, চিনি আর তেজপাতা দিলেই হয়। কোনো রং মেশানো নেই। ২০০ গ্রামের এক প্যাকেটে আট বাটি সেমাই হবে।',
      },
      images: [],
      variants: [
        { sku: 'GRO-BSEMAI-200G', name: { en: '200 g', bn: '২০০ গ্রাম' }, pricePoisha: 55_00, onHand: 400 },
        { sku: 'GRO-BSEMAI-1KG', name: { en: '1 kg', bn: '১ কেজি' }, pricePoisha: 250_00, onHand: 180 },
      ],
    },
    {
      slug: 'chinigura-rice-aged',
      name: { en: 'Aged chinigura rice', bn: 'পুরোনো চিনিগুঁড়া চাল' },
      description: {
        en: 'Small, fragrant polao rice from Dinajpur, kept a full year before milling so that the grains stay apart. Stone-sorted twice. One kilo feeds six with roast and rezala.',
        bn: 'দিনাজপুরের ছোট দানার সুগন্ধি পোলাওয়ের চাল, ভাঙানোর আগে পুরো এক বছর রাখা, তাই ভাত ঝরঝরে হয়। দুবার পাথর বাছা। রোস্ট-রেজালার সঙ্গে এক কেজিতে ছয়জনের হয়ে যায়।',
      },
      images: [],
      variants: [
        { sku: 'GRO-CHINI-1KG', name: { en: '1 kg', bn: '১ কেজি' }, pricePoisha: 165_00, onHand: 380 },
        { sku: 'GRO-CHINI-2KG', name: { en: '2 kg', bn: '২ কেজি' }, pricePoisha: 325_00, onHand: 250 },
        {
          sku: 'GRO-CHINI-5KG',
          name: { en: '5 kg', bn: '৫ কেজি' },
          pricePoisha: 800_00,
          salePricePoisha: 745_00,
          onHand: 140,
        },
      ],
    },
    {
      slug: 'pabna-cow-ghee',
      name: { en: 'Pabna cow ghee', bn: 'পাবনার গাওয়া ঘি' },
      description: {
        en: 'Slow-cooked from cream collected in Santhia and Bera, with the grain and the caramel smell that fast ghee lacks. In a glass jar. It sets in winter; stand the jar in warm water.',
        bn: 'সাঁথিয়া আর বেড়ার খামারের ননী জ্বাল দিয়ে ধীরে ধীরে তোলা, দানাদার, পোড়া দুধের ঘ্রাণটাও আছে। কাচের বয়ামে দেওয়া হয়। শীতে জমে গেলে বয়ামটি কুসুম গরম পানিতে বসিয়ে রাখুন।',
      },
      images: [],
      variants: [
        { sku: 'GRO-GHEE-200G', name: { en: '200 g', bn: '২০০ গ্রাম' }, pricePoisha: 360_00, onHand: 150 },
        { sku: 'GRO-GHEE-400G', name: { en: '400 g', bn: '৪০০ গ্রাম' }, pricePoisha: 690_00, onHand: 130 },
        { sku: 'GRO-GHEE-900G', name: { en: '900 g', bn: '৯০০ গ্রাম' }, pricePoisha: 1480_00, onHand: 54 },
      ],
    },
    {
      slug: 'sundarban-khalisha-honey',
      name: { en: 'Sundarban khalisha flower honey', bn: 'সুন্দরবনের খলিশা ফুলের মধু' },
      description: {
        en: 'Gathered by mouals from Gabura in Shyamnagar in the first weeks of the spring permit. Thin and pale gold, with a bubbling top that shows it was never boiled. Strained through cloth only.',
        bn: 'চৈত্রের মাঝামাঝি পাস নিয়ে শ্যামনগরের গাবুরার মৌয়ালরা এই মধু ভেঙে আনেন। পাতলা, হালকা সোনালি, ওপরে ফেনা ওঠে, কারণ জ্বাল দেওয়া হয়নি। শুধু কাপড়ে ছাঁকা।',
      },
      images: [],
      variants: [
        { sku: 'GRO-KHALISHA-500G', name: { en: '500 g', bn: '৫০০ গ্রাম' }, pricePoisha: 850_00, onHand: 76 },
        {
          sku: 'GRO-KHALISHA-1KG',
          name: { en: '1 kg', bn: '১ কেজি' },
          pricePoisha: 1600_00,
          onHand: 2,
          maxPerOrder: 2,
        },
      ],
    },
    {
      slug: 'mixed-nuts-raisins-for-firni',
      name: { en: 'Nuts and raisins for firni', bn: 'ফিরনি-সেমাইয়ের বাদাম-কিশমিশ' },
      description: {
        en: 'Almond slivers, broken cashews, pistachio flakes and golden raisins, cut so that 100 grams finish two litres of milk. Washed and dried, so it can go straight into the pot.',
        bn: 'কাঠবাদাম কুচি, ভাঙা কাজু, পেস্তা কুচি আর সোনালি কিশমিশ; দুই লিটার দুধের ফিরনিতে ১০০ গ্রামই যথেষ্ট। ধুয়ে শুকানো, সরাসরি হাঁড়িতে দিতে পারেন।',
      },
      images: [],
      variants: [
        { sku: 'GRO-NUTMIX-100G', name: { en: '100 g', bn: '১০০ গ্রাম' }, pricePoisha: 190_00, onHand: 260 },
        {
          sku: 'GRO-NUTMIX-250G',
          name: { en: '250 g', bn: '২৫০ গ্রাম' },
          pricePoisha: 450_00,
          salePricePoisha: 395_00,
          onHand: 170,
        },
      ],
    },
  ],
}
