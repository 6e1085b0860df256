import type { DemoCategory } from '../types.ts'

export const sarees: DemoCategory = {
  slug: 'sarees',
  name: { en: 'Sarees', bn: 'শাড়ি' },
  products: [
    {
      slug: 'dhakai-half-silk-jamdani-84-count',
      name: { en: 'Dhakai half-silk jamdani, 84 count', bn: 'ঢাকাই হাফসিল্ক জামদানি, ৮৪ কাউন্ট' },
      description: {
        en: 'Two weavers at one pit loom in Noapara, Rupganj, spend about six weeks on each of these. Silk warp, 84-count cotton weft, a paisley border and the slanting terchhi pattern across the body. Twelve haat long without a blouse piece; dry clean only.',
        bn: 'রূপগঞ্জের নোয়াপাড়ায় একই গর্ত-তাঁতে পাশাপাশি বসে দুজন তাঁতি প্রায় ছয় সপ্তাহে একেকটি শাড়ি বুনেছেন। টানায় রেশম, পোড়েনে ৮৪ কাউন্টের সুতি; পাড়ে কলকা, জমিনজুড়ে তেরছি নকশা। লম্বায় ১২ হাত, ব্লাউজ পিস নেই; শুধু ড্রাই ওয়াশ।',
      },
      images: [],
      variants: [
        {
          sku: 'SAR-JAM84-INDIGO',
          name: { en: 'Indigo', bn: 'গাঢ় নীল' },
          pricePoisha: 14500_00,
          onHand: 4,
          maxPerOrder: 2,
        },
        {
          sku: 'SAR-JAM84-WHITEGOLD',
          name: { en: 'White with gold', bn: 'সাদা-সোনালি' },
          pricePoisha: 15200_00,
          onHand: 2,
          maxPerOrder: 2,
        },
        {
          sku: 'SAR-JAM84-RANI',
          name: { en: 'Rani pink', bn: 'রানি গোলাপি' },
          pricePoisha: 14500_00,
          onHand: 0,
          maxPerOrder: 2,
        },
      ],
    },
    {
      slug: 'tangail-cotton-saree-pathrail',
      name: { en: 'Tangail cotton saree from Pathrail', bn: 'পাথরাইলের টাঙ্গাইল তাঁতের শাড়ি' },
      description: {
        en: 'Everyday handloom cotton from the Basak weavers of Pathrail in Delduar. The 80-count yarn is starched with puffed rice, so it is crisp on the first day and softens with each wash. Comes with a matching blouse piece; wash separately the first two times.',
        bn: 'দেলদুয়ারের পাথরাইল গ্রামের বসাক তাঁতিদের হাতে বোনা রোজকার সুতি শাড়ি। ৮০ কাউন্টের সুতায় খইয়ের মাড় দেওয়া, তাই প্রথম দিন মচমচে থাকে, যত ধোবেন তত নরম হবে। সঙ্গে ব্লাউজ পিস আছে; প্রথম দুবার আলাদা ধুয়ে নিন।',
      },
      images: [],
      variants: [
        {
          sku: 'SAR-TANG-MUSTARD',
          name: { en: 'Mustard, maroon border', bn: 'সরষে হলুদ, মেরুন পাড়' },
          pricePoisha: 1650_00,
          salePricePoisha: 1390_00,
          onHand: 64,
        },
        {
          sku: 'SAR-TANG-BOTTLE',
          name: { en: 'Bottle green, red border', bn: 'বোতল সবুজ, লাল পাড়' },
          pricePoisha: 1650_00,
          salePricePoisha: 1390_00,
          onHand: 48,
        },
        {
          sku: 'SAR-TANG-ASH',
          name: { en: 'Ash, black border', bn: 'ছাই রং, কালো পাড়' },
          pricePoisha: 1650_00,
          onHand: 71,
        },
      ],
    },
    {
      slug: 'rajshahi-mulberry-silk-saree',
      name: { en: 'Rajshahi mulberry silk saree', bn: 'রাজশাহীর মালবেরি রেশম শাড়ি' },
      description: {
        en: 'Pure mulberry silk woven and screen-printed at Sopura in Rajshahi, with a soft sheen rather than a shine. The whole saree weighs only about 420 grams and folds to the size of a book. Six yards including an 80 cm blouse piece.',
        bn: 'রাজশাহীর সপুরায় বোনা ও স্ক্রিনপ্রিন্ট করা খাঁটি মালবেরি রেশম; চকচকে নয়, মোলায়েম একটা আভা আছে। পুরো শাড়ির ওজন মাত্র ৪২০ গ্রামের মতো, ভাঁজ করলে বইয়ের সমান জায়গা নেয়। ৮০ সেমি ব্লাউজ পিসসহ মোট ছয় গজ।',
      },
      images: [],
      variants: [
        {
          sku: 'SAR-RAJSILK-TEAL',
          name: { en: 'Teal', bn: 'ময়ূরকণ্ঠী' },
          pricePoisha: 7200_00,
          onHand: 23,
          maxPerOrder: 3,
        },
        {
          sku: 'SAR-RAJSILK-OFFWHITE',
          name: { en: 'Off-white', bn: 'ঘিয়ে' },
          pricePoisha: 7200_00,
          onHand: 31,
          maxPerOrder: 3,
        },
        {
          sku: 'SAR-RAJSILK-WINE',
          name: { en: 'Wine red', bn: 'খয়েরি লাল' },
          pricePoisha: 7200_00,
          salePricePoisha: 6450_00,
          onHand: 20,
          maxPerOrder: 3,
        },
      ],
    },
    {
      slug: 'mirpur-katan-benarasi',
      name: { en: 'Mirpur katan Benarasi', bn: 'মিরপুরের কাতান বেনারসি' },
      description: {
        en: 'A wedding-weight katan from the jacquard looms of Benarasi Palli, Mirpur 10, with zari vines on the body and a full brocade anchal. It weighs close to 900 grams and is lined behind the anchal so that the zari does not catch. Packed in a muslin bag with a blouse piece.',
        bn: 'মিরপুর ১০-এর বেনারসি পল্লির জ্যাকার্ড তাঁতে বোনা বিয়ের শাড়ি; জমিনে জরির লতাপাতা, আঁচলে ভরাট ব্রোকেড। ওজন প্রায় ৯০০ গ্রাম, আঁচলের উল্টো পিঠে আস্তর দেওয়া বলে জরিতে টান লাগে না। ব্লাউজ পিসসহ মসলিন কাপড়ের থলেতে দেওয়া হয়।',
      },
      images: [],
      variants: [
        {
          sku: 'SAR-KATAN-RED',
          name: { en: 'Bridal red', bn: 'বিয়ের লাল' },
          pricePoisha: 16800_00,
          onHand: 22,
          maxPerOrder: 2,
        },
        {
          sku: 'SAR-KATAN-MAGENTA',
          name: { en: 'Magenta', bn: 'ম্যাজেন্টা' },
          pricePoisha: 16800_00,
          onHand: 5,
          maxPerOrder: 2,
        },
      ],
    },
    {
      slug: 'monipuri-temple-border-saree',
      name: { en: 'Monipuri saree with temple border', bn: 'মন্দির পাড়ের মণিপুরি শাড়ি' },
      description: {
        en: 'Monipuri women of Adampur, Kamalganj, weave these at home on narrow looms; the row of little temples on the border is called moirang. Fine 2/80 cotton, light enough for an afternoon of visits. Colour-fast in cold water.',
        bn: 'কমলগঞ্জের আদমপুরে মণিপুরি মেয়েরা ঘরে বসে ছোট তাঁতে এই শাড়ি বোনেন; পাড়ের সারি সারি মন্দিরের নকশাকে তাঁরা বলেন মৈরাং। ২/৮০ মিহি সুতি, সারা বিকেল বেড়ালেও গায়ে ভারী লাগে না। ঠান্ডা পানিতে ধুলে রং ওঠে না।',
      },
      images: [],
      variants: [
        { sku: 'SAR-MONI-SKY', name: { en: 'Sky blue', bn: 'আকাশি' }, pricePoisha: 2350_00, onHand: 38 },
        {
          sku: 'SAR-MONI-ORANGE',
          name: { en: 'Burnt orange', bn: 'পোড়া কমলা' },
          pricePoisha: 2350_00,
          salePricePoisha: 1990_00,
          onHand: 27,
        },
        {
          sku: 'SAR-MONI-WHITE',
          name: { en: 'White, black border', bn: 'সাদা, কালো পাড়' },
          pricePoisha: 2350_00,
          onHand: 41,
        },
      ],
    },
    {
      slug: 'pabna-handloom-check-saree',
      name: { en: 'Pabna handloom check saree', bn: 'পাবনার চেক তাঁতের শাড়ি' },
      description: {
        en: 'Small checks in two colours, woven at Dogachhi in Pabna, in the cloth that mothers keep for the kitchen and daughters borrow for university. 60-count cotton, twelve haat, no blouse piece. Machine washable in a net bag.',
        bn: 'পাবনার দোগাছিতে দুই রঙের সুতায় বোনা ছোট চেক; মায়েরা ঘরে পরেন, মেয়েরা চেয়ে নিয়ে ক্যাম্পাসে যান। ৬০ কাউন্টের সুতি, ১২ হাত, ব্লাউজ পিস ছাড়া। জালের ব্যাগে ভরে মেশিনেও ধোয়া যায়।',
      },
      images: [],
      variants: [{ sku: 'SAR-PABNA-CHECK', name: null, pricePoisha: 980_00, onHand: 145 }],
    },
  ],
}
