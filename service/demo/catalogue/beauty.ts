import type { DemoCategory } from '../types.ts'

export const beauty: DemoCategory = {
  slug: 'beauty',
  name: { en: 'Beauty & mehendi', bn: 'রূপচর্চা ও মেহেদি' },
  products: [
    {
      slug: 'fresh-mehendi-cone',
      name: { en: 'Fresh mehendi cone', bn: 'টাটকা মেহেদি কোন' },
      description: {
        en: 'Leaf powder, sugar, lemon and clove oil, and nothing that burns; the stain goes from orange to deep maroon in two days. Kept frozen until dispatch. Use within five days, or put it back in the freezer.',
        bn: 'পাতার গুঁড়া, চিনি, লেবু আর লবঙ্গ তেল, এর বাইরে কিছু নেই, তাই হাত জ্বলে না; দুই দিনে কমলা থেকে গাঢ় মেরুন হয়। পাঠানোর আগ পর্যন্ত ফ্রিজারে থাকে। পাঁচ দিনের মধ্যে লাগান, নইলে আবার ফ্রিজারে তুলে রাখুন।',
      },
      images: [],
      variants: [
        { sku: 'BTY-MEHENDI-1', name: { en: 'One cone', bn: '১টি কোন' }, pricePoisha: 90_00, onHand: 400 },
        {
          sku: 'BTY-MEHENDI-6',
          name: { en: 'Six cones', bn: '৬টি কোন' },
          pricePoisha: 500_00,
          salePricePoisha: 430_00,
          onHand: 240,
        },
      ],
    },
    {
      slug: 'soot-kajal-ghee',
      name: { en: 'Home-style kajal in a brass pot', bn: 'পিতলের কৌটায় ঘরোয়া কাজল' },
      description: {
        en: 'Lamp soot caught on a brass plate and worked into cold ghee and castor oil. Soft black that wipes off with a little oil. Applicator stick inside the lid; 3 grams.',
        bn: 'প্রদীপের শিখায় পিতলের থালায় ধরা কালি, ঠান্ডা ঘি আর ক্যাস্টর অয়েলে মাড়া। নরম কালো রং, সামান্য তেলেই উঠে যায়। ঢাকনার ভেতরে লাগানোর কাঠি আছে; ৩ গ্রাম।',
      },
      images: [],
      variants: [{ sku: 'BTY-KAJAL-3G', name: null, pricePoisha: 240_00, onHand: 165 }],
    },
    {
      slug: 'matte-lipstick-dhupchhaya',
      name: { en: 'Dhupchhaya matte lipstick', bn: 'ধূপছায়া ম্যাট লিপস্টিক' },
      description: {
        en: 'Shades mixed for brown skin and named after Dhaka evenings; stays through tea but not through kacchi. 3.5 grams, no fragrance, made in Gazipur.',
        bn: 'শ্যামলা ত্বকের কথা ভেবে মেলানো রং, নামগুলো ঢাকার সন্ধ্যা থেকে নেওয়া; চা খেলে থাকে, কাচ্চি খেলে আবার লাগাতে হবে। ৩.৫ গ্রাম, গন্ধহীন, গাজীপুরে তৈরি।',
      },
      images: [],
      variants: [
        {
          sku: 'BTY-LIP-SURJASTO',
          name: { en: 'Sunset brick', bn: 'সূর্যাস্ত (ইট লাল)' },
          pricePoisha: 520_00,
          onHand: 130,
        },
        {
          sku: 'BTY-LIP-KRISHNO',
          name: { en: 'Krishnachura red', bn: 'কৃষ্ণচূড়া (টকটকে লাল)' },
          pricePoisha: 520_00,
          onHand: 145,
        },
        {
          sku: 'BTY-LIP-GODHULI',
          name: { en: 'Godhuli nude', bn: 'গোধূলি (ত্বকরঙা)' },
          pricePoisha: 520_00,
          salePricePoisha: 440_00,
          onHand: 4,
        },
      ],
    },
    {
      slug: 'coconut-hair-oil-methi',
      name: { en: 'Coconut hair oil with fenugreek', bn: 'মেথি মেশানো নারকেল তেল' },
      description: {
        en: 'Coconut oil from Bagerhat, warmed with fenugreek and curry leaves for forty hours, then strained. Sets below 24 degrees; that is how you know it is coconut. 200 ml glass bottle.',
        bn: 'বাগেরহাটের নারকেল তেলে মেথি আর কারিপাতা দিয়ে চল্লিশ ঘণ্টা মৃদু আঁচে রেখে ছেঁকে নেওয়া। ২৪ ডিগ্রির নিচে জমে যায়, খাঁটি নারকেল তেলের সেটাই লক্ষণ। ২০০ মিলির কাচের বোতল।',
      },
      images: [],
      variants: [{ sku: 'BTY-COCOMETHI-200ML', name: null, pricePoisha: 380_00, onHand: 198 }],
    },
    {
      slug: 'rose-water-spray-savar',
      name: { en: 'Rose water from Savar', bn: 'সাভারের গোলাপজল' },
      description: {
        en: 'Distilled from the petals of Sadullapur, the rose village across the Turag, within hours of picking. For the face, or a spoonful in firni: it is food grade. No colour, no alcohol.',
        bn: 'তুরাগের ওপারে গোলাপগ্রাম সাদুল্লাপুরের পাপড়ি তোলার কয়েক ঘণ্টার মধ্যেই চোলাই করা। মুখে ছিটানো যায়, ফিরনিতেও এক চামচ দেওয়া যায়, কারণ এটি ফুড গ্রেড। রং নেই, অ্যালকোহল নেই।',
      },
      images: [],
      variants: [
        {
          sku: 'BTY-ROSEWTR-100ML',
          name: { en: '100 ml spray', bn: '১০০ মিলি স্প্রে' },
          pricePoisha: 180_00,
          onHand: 220,
        },
        {
          sku: 'BTY-ROSEWTR-250ML',
          name: { en: '250 ml bottle', bn: '২৫০ মিলি বোতল' },
          pricePoisha: 360_00,
          onHand: 140,
        },
      ],
    },
    {
      slug: 'uptan-face-pack',
      name: { en: 'Uptan face pack', bn: 'উপটান' },
      description: {
        en: 'Gram flour, raw turmeric, sandalwood and dried orange peel, ground together for brides and anyone with ten minutes. Mix with milk, or with yoghurt if your skin is oily. Patch-test first.',
        bn: 'বেসন, কাঁচা হলুদ, চন্দন আর শুকনা কমলার খোসা একসঙ্গে পেষা; কনের জন্য তো বটেই, হাতে দশ মিনিট সময় থাকলে যে কারও জন্য। দুধে গুলে নিন, ত্বক তেলতেলে হলে টক দইয়ে। আগে কানের পেছনে একটু লাগিয়ে দেখুন।',
      },
      images: [],
      variants: [{ sku: 'BTY-UPTAN-100G', name: null, pricePoisha: 290_00, salePricePoisha: 240_00, onHand: 118 }],
    },
  ],
}
