import type { DemoCategory } from '../types.ts'

export const attar: DemoCategory = {
  slug: 'attar-perfume',
  name: { en: 'Attar & perfume', bn: 'আতর ও সুগন্ধি' },
  products: [
    {
      slug: 'agarwood-attar-barlekha',
      name: { en: 'Agarwood attar from Barlekha', bn: 'বড়লেখার আগর আতর' },
      description: {
        en: 'Steam-distilled from agar trees grown at Sujanagar in Barlekha, Moulvibazar, then rested for a year in glass. Deep, woody and slightly smoky; two dabs last until Isha. Free of alcohol.',
        bn: 'মৌলভীবাজারের বড়লেখার সুজানগরে লাগানো আগর গাছের কাঠ থেকে চোলাই করা, তারপর এক বছর কাচের পাত্রে রাখা। গভীর কাঠের ঘ্রাণ, একটু ধোঁয়াটে; দুই ফোঁটা লাগালে এশা পর্যন্ত থাকে। অ্যালকোহল নেই।',
      },
      images: [],
      variants: [
        { sku: 'ATR-AGAR-3ML', name: { en: '3 ml', bn: '৩ মিলি' }, pricePoisha: 1450_00, onHand: 70 },
        { sku: 'ATR-AGAR-6ML', name: { en: '6 ml', bn: '৬ মিলি' }, pricePoisha: 2700_00, onHand: 45 },
        { sku: 'ATR-AGAR-12ML', name: { en: '12 ml', bn: '১২ মিলি' }, pricePoisha: 5100_00, onHand: 3, maxPerOrder: 3 },
      ],
    },
    {
      slug: 'beli-flower-attar',
      name: { en: 'Beli flower attar', bn: 'বেলি ফুলের আতর' },
      description: {
        en: 'The smell of a garland bought at the Shahbagh crossing: white jasmine over a light sandalwood base. Sweet at first, then clean. Roll-on bottle that does not leak in a pocket.',
        bn: 'শাহবাগের মোড়ে কেনা মালার সেই ঘ্রাণ: হালকা চন্দনের ওপর সাদা বেলি। শুরুতে মিষ্টি, পরে স্নিগ্ধ। রোল-অন শিশি, পকেটে রাখলেও চুইয়ে পড়ে না।',
      },
      images: [],
      variants: [
        {
          sku: 'ATR-BELI-6ML',
          name: { en: '6 ml', bn: '৬ মিলি' },
          pricePoisha: 320_00,
          salePricePoisha: 270_00,
          onHand: 210,
        },
        {
          sku: 'ATR-BELI-12ML',
          name: { en: '12 ml', bn: '১২ মিলি' },
          pricePoisha: 580_00,
          salePricePoisha: 490_00,
          onHand: 160,
        },
      ],
    },
    {
      slug: 'mitti-attar-first-rain',
      name: { en: 'Mitti attar, first rain', bn: 'মাটির আতর, প্রথম বৃষ্টি' },
      description: {
        en: 'Baked clay distilled into sandalwood oil, so that it smells like the first shower of Boishakh on a dusty road. A still scent that stays close to the skin for four to five hours.',
        bn: 'পোড়ামাটি চোলাই করে চন্দন তেলে ধরা ঘ্রাণ, ধুলোর পথে বৈশাখের প্রথম বৃষ্টি যেমন লাগে। শান্ত সুবাস, চার-পাঁচ ঘণ্টা গায়ে লেগে থাকে।',
      },
      images: [],
      variants: [
        { sku: 'ATR-MITTI-6ML', name: { en: '6 ml', bn: '৬ মিলি' }, pricePoisha: 780_00, onHand: 84 },
        { sku: 'ATR-MITTI-3ML', name: { en: '3 ml', bn: '৩ মিলি' }, pricePoisha: 420_00, onHand: 115 },
        { sku: 'ATR-MITTI-12ML', name: { en: '12 ml', bn: '১২ মিলি' }, pricePoisha: 1450_00, onHand: 40 },
      ],
    },
    {
      slug: 'shiuli-body-mist',
      name: { en: 'Shiuli body mist', bn: 'শিউলি বডি মিস্ট' },
      description: {
        en: 'Night-flowering shiuli with a little green tea, in a water-based mist for after a shower. Half the strength of a perfume, so spray freely. Made in small batches in Tongi.',
        bn: 'রাতে ফোটা শিউলির সঙ্গে একটু গ্রিন টি, গোসলের পর গায়ে ছিটানোর পানিভিত্তিক মিস্ট। পারফিউমের অর্ধেক তীব্রতা, তাই মন খুলে স্প্রে করুন। টঙ্গীতে অল্প অল্প করে বানানো।',
      },
      images: [],
      variants: [{ sku: 'PRF-SHIULI-150ML', name: null, pricePoisha: 650_00, onHand: 175 }],
    },
    {
      slug: 'oud-amber-eau-de-parfum',
      name: { en: 'Oud and amber eau de parfum', bn: 'উদ-অ্যাম্বার ও দ্য পারফাম' },
      description: {
        en: 'Our house blend for winter weddings: oud, amber and a spoon of cardamom, at 18 per cent concentration. Contains alcohol. The 10 ml bottle can be refilled from the large one.',
        bn: 'শীতের বিয়েবাড়ির জন্য আমাদের নিজস্ব মিশ্রণ: উদ, অ্যাম্বার আর সামান্য এলাচ, ঘনত্ব ১৮ শতাংশ। এতে অ্যালকোহল আছে। বড় বোতল থেকে ১০ মিলির ছোট শিশিটি বারবার ভরা যায়।',
      },
      images: [],
      variants: [
        {
          sku: 'PRF-OUDAMBER-10ML',
          name: { en: '10 ml travel size', bn: '১০ মিলি, ব্যাগে রাখার' },
          pricePoisha: 890_00,
          onHand: 120,
        },
        {
          sku: 'PRF-OUDAMBER-50ML',
          name: { en: '50 ml', bn: '৫০ মিলি' },
          pricePoisha: 3200_00,
          salePricePoisha: 2750_00,
          onHand: 48,
        },
      ],
    },
    {
      slug: 'bakhoor-burning-chips',
      name: { en: 'Bakhoor incense chips', bn: 'বাখুর ধূপের টুকরা' },
      description: {
        en: 'Agarwood chips soaked in rose and musk oil, for the drawing room an hour before guests arrive. One chip on charcoal scents about 200 square feet. Tin of 40 grams, around 25 uses.',
        bn: 'গোলাপ আর কস্তুরি তেলে ভেজানো আগর কাঠের টুকরা; মেহমান আসার ঘণ্টাখানেক আগে বসার ঘরে জ্বালান। জ্বলন্ত কয়লায় এক টুকরা দিলে প্রায় ২০০ বর্গফুট ঘর ভরে যায়। ৪০ গ্রামের কৌটা, ২৫ বারের মতো চলে।',
      },
      images: [],
      variants: [{ sku: 'ATR-BAKHOOR-40G', name: null, pricePoisha: 540_00, onHand: 95 }],
    },
  ],
}
