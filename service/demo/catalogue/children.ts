import type { DemoCategory } from '../types.ts'

export const children: DemoCategory = {
  slug: 'childrens-eid-wear',
  name: { en: "Children's Eid wear", bn: 'শিশুদের ঈদের পোশাক' },
  products: [
    {
      slug: 'boys-panjabi-pyjama-set',
      name: { en: "Boys' panjabi and pyjama set", bn: 'ছেলেদের পাঞ্জাবি-পায়জামা সেট' },
      description: {
        en: 'Soft cotton panjabi with wooden toggles instead of buttons, so a four-year-old can do it up alone, and a pyjama with a wide elastic waist. Seams are bound so nothing scratches. Washable at 40 degrees, sherbet stains included.',
        bn: 'নরম সুতি পাঞ্জাবিতে বোতামের বদলে কাঠের টগল, চার বছরের বাচ্চাও নিজে লাগাতে পারে; পায়জামার কোমরে চওড়া ইলাস্টিক। সেলাইয়ের ধার মোড়ানো, গায়ে ফোটে না। ৪০ ডিগ্রিতে ধোয়া যায়, শরবতের দাগও উঠে যায়।',
      },
      images: [],
      variants: [
        { sku: 'KID-BPAN-2Y', name: { en: '2-3 years', bn: '২-৩ বছর' }, pricePoisha: 1150_00, onHand: 60 },
        { sku: 'KID-BPAN-4Y', name: { en: '4-5 years', bn: '৪-৫ বছর' }, pricePoisha: 1200_00, onHand: 85 },
        { sku: 'KID-BPAN-6Y', name: { en: '6-7 years', bn: '৬-৭ বছর' }, pricePoisha: 1250_00, onHand: 72 },
        { sku: 'KID-BPAN-8Y', name: { en: '8-9 years', bn: '৮-৯ বছর' }, pricePoisha: 1350_00, onHand: 4 },
      ],
    },
    {
      slug: 'girls-net-frock-with-sequins',
      name: { en: "Girls' net frock with sequins", bn: 'মেয়েদের চুমকি বসানো নেটের ফ্রক' },
      description: {
        en: 'Three layers of soft net over a full cotton lining, a sequinned bodice and a sash that ties at the back. The skirt opens wide enough for spinning in the courtyard. Hand wash inside out.',
        bn: 'ভেতরে পুরো সুতির আস্তর, তার ওপর তিন পরত নরম নেট; বুকে চুমকির কাজ, পেছনে বাঁধার ফিতা। ঘের এত বড় যে উঠানে ঘুরে ঘুরে নাচা যায়। উল্টো করে হাতে ধুতে হবে।',
      },
      images: [],
      variants: [
        {
          sku: 'KID-FROCK-PINK-3Y',
          name: { en: 'Pink, 3-4 years', bn: 'গোলাপি, ৩-৪ বছর' },
          pricePoisha: 1980_00,
          salePricePoisha: 1690_00,
          onHand: 40,
        },
        {
          sku: 'KID-FROCK-PINK-5Y',
          name: { en: 'Pink, 5-6 years', bn: 'গোলাপি, ৫-৬ বছর' },
          pricePoisha: 2080_00,
          salePricePoisha: 1790_00,
          onHand: 46,
        },
        {
          sku: 'KID-FROCK-LILAC-5Y',
          name: { en: 'Lilac, 5-6 years', bn: 'হালকা বেগুনি, ৫-৬ বছর' },
          pricePoisha: 2080_00,
          onHand: 31,
        },
        {
          sku: 'KID-FROCK-LILAC-7Y',
          name: { en: 'Lilac, 7-8 years', bn: 'হালকা বেগুনি, ৭-৮ বছর' },
          pricePoisha: 2180_00,
          onHand: 28,
        },
      ],
    },
    {
      slug: 'girls-cotton-salwar-set',
      name: { en: "Girls' cotton salwar kameez", bn: 'মেয়েদের সুতি সালোয়ার কামিজ' },
      description: {
        en: 'Printed cambric kameez with pompom lace at the sleeves, patiala salwar and a short orna stitched on one shoulder so it cannot get lost. Two centimetres of hem are left inside to let down next year.',
        bn: 'ছাপা ক্যামব্রিকের কামিজ, হাতায় পমপম লেস, পাটিয়ালা সালোয়ার; ওড়না এক কাঁধে সেলাই করা, হারানোর ভয় নেই। সামনের বছর ছেড়ে লম্বা করার জন্য ভেতরে দুই সেন্টিমিটার কাপড় মুড়ে রাখা আছে।',
      },
      images: [],
      variants: [
        { sku: 'KID-GSAL-6Y', name: { en: '6-7 years', bn: '৬-৭ বছর' }, pricePoisha: 1380_00, onHand: 52 },
        { sku: 'KID-GSAL-8Y', name: { en: '8-9 years', bn: '৮-৯ বছর' }, pricePoisha: 1450_00, onHand: 47 },
        { sku: 'KID-GSAL-10Y', name: { en: '10-11 years', bn: '১০-১১ বছর' }, pricePoisha: 1520_00, onHand: 39 },
      ],
    },
    {
      slug: 'newborn-nima-set',
      name: { en: 'Newborn nima set, five pieces', bn: 'নবজাতকের নিমা সেট, পাঁচটি' },
      description: {
        en: 'Five front-tied nimas in double-washed white markin cotton, no buttons, no tags at the neck. For the first three months, up to about 6 kg. Boil-safe.',
        bn: 'দুবার ধোয়া সাদা মার্কিন কাপড়ের পাঁচটি নিমা; সামনে ফিতায় বাঁধা, বোতাম নেই, ঘাড়ে ট্যাগও নেই। জন্ম থেকে তিন মাস, মোটামুটি ৬ কেজি ওজন পর্যন্ত পরানো যাবে। ফুটন্ত পানিতেও ধোয়া যায়।',
      },
      images: [],
      variants: [{ sku: 'KID-NIMA-5PC', name: null, pricePoisha: 480_00, onHand: 190 }],
    },
    {
      slug: 'childrens-embroidered-tupi',
      name: { en: "Children's embroidered prayer cap", bn: 'শিশুদের নকশি টুপি' },
      description: {
        en: 'Hand-stitched by women in Kaunia, Rangpur, who take two days over the star pattern on each cap. White cotton, washable, and it keeps its shape without starch.',
        bn: 'রংপুরের কাউনিয়ার মেয়েরা দুই দিন ধরে একেকটি টুপিতে তারার নকশা তোলেন। সাদা সুতি কাপড়, ধোয়া যায়, মাড় ছাড়াই গড়ন ঠিক থাকে।',
      },
      images: [],
      variants: [
        { sku: 'KID-TUPI-S', name: { en: 'Small, 48 cm', bn: 'ছোট, ৪৮ সেমি' }, pricePoisha: 260_00, onHand: 130 },
        {
          sku: 'KID-TUPI-M',
          name: { en: 'Medium, 52 cm', bn: 'মাঝারি, ৫২ সেমি' },
          pricePoisha: 280_00,
          salePricePoisha: 230_00,
          onHand: 150,
        },
      ],
    },
  ],
}
