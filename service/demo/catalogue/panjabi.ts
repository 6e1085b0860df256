import type { DemoCategory } from '../types.ts'

export const panjabi: DemoCategory = {
  slug: 'panjabi',
  name: { en: 'Panjabi', bn: 'পাঞ্জাবি' },
  products: [
    {
      slug: 'white-addi-cotton-panjabi',
      name: { en: 'White addi cotton panjabi', bn: 'সাদা আদ্দি সুতি পাঞ্জাবি' },
      description: {
        en: 'The one for Eid morning prayers: fine white addi cotton, tone-on-tone chikan stitching around the placket, and real mother-of-pearl buttons. Regular fit, length 40 to 44 inches by size. Warm iron while still a little damp.',
        bn: 'ঈদের সকালের নামাজে পরার মতো: মিহি সাদা আদ্দি কাপড়, বুকে সাদা সুতার চিকন কাজ, ঝিনুকের আসল বোতাম। রেগুলার ফিট, সাইজভেদে ঝুল ৪০ থেকে ৪৪ ইঞ্চি। হালকা ভেজা থাকতে ইস্ত্রি করলে ভাঁজ সুন্দর বসে।',
      },
      images: [],
      variants: [
        { sku: 'PAN-ADDI-40', name: { en: 'Size 40', bn: '৪০ সাইজ' }, pricePoisha: 1850_00, onHand: 120 },
        { sku: 'PAN-ADDI-42', name: { en: 'Size 42', bn: '৪২ সাইজ' }, pricePoisha: 1850_00, onHand: 180 },
        { sku: 'PAN-ADDI-44', name: { en: 'Size 44', bn: '৪৪ সাইজ' }, pricePoisha: 1850_00, onHand: 96 },
        { sku: 'PAN-ADDI-46', name: { en: 'Size 46', bn: '৪৬ সাইজ' }, pricePoisha: 1950_00, onHand: 3 },
      ],
    },
    {
      slug: 'cumilla-khadi-panjabi',
      name: { en: 'Cumilla khadi panjabi', bn: 'কুমিল্লার খাদি পাঞ্জাবি' },
      description: {
        en: 'Hand-spun, hand-woven khadi from Chandina in Cumilla, left in its natural slub and dyed with harra nut and iron. Band collar, two side pockets and one inside pocket big enough for a phone. Shrinks about two per cent, which we have cut for.',
        bn: 'কুমিল্লার চান্দিনায় চরকায় কাটা সুতায় হাতে বোনা খাদি, সুতার গিঁটগুলো যেমন ছিল তেমনই রাখা; রং করা হয়েছে হরীতকী আর লোহার কষে। ব্যান্ড কলার, দুই পাশে পকেট, ভেতরে মোবাইল রাখার আরেকটি। ধোয়ার পর দুই শতাংশের মতো চাপে, সেটা ধরেই কাটা।',
      },
      images: [],
      variants: [
        {
          sku: 'PAN-KHADI-OLIVE-40',
          name: { en: 'Olive, size 40', bn: 'জলপাই, ৪০ সাইজ' },
          pricePoisha: 2200_00,
          salePricePoisha: 1870_00,
          onHand: 44,
        },
        {
          sku: 'PAN-KHADI-OLIVE-42',
          name: { en: 'Olive, size 42', bn: 'জলপাই, ৪২ সাইজ' },
          pricePoisha: 2200_00,
          salePricePoisha: 1870_00,
          onHand: 52,
        },
        {
          sku: 'PAN-KHADI-CHARCOAL-42',
          name: { en: 'Charcoal, size 42', bn: 'কয়লা কালো, ৪২ সাইজ' },
          pricePoisha: 2200_00,
          onHand: 40,
        },
        {
          sku: 'PAN-KHADI-CHARCOAL-44',
          name: { en: 'Charcoal, size 44', bn: 'কয়লা কালো, ৪৪ সাইজ' },
          pricePoisha: 2200_00,
          onHand: 29,
        },
      ],
    },
    {
      slug: 'half-silk-embroidered-panjabi',
      name: { en: 'Half-silk panjabi with karchupi', bn: 'কারচুপি কাজের হাফসিল্ক পাঞ্জাবি' },
      description: {
        en: 'Half-silk with a quiet sheen, and karchupi embroidery on collar and cuffs done on the frame by a family workshop in Mohammadpur. Slim fit, so take one size up if you like it loose. Dry clean.',
        bn: 'হালকা আভার হাফসিল্ক কাপড়; কলার আর হাতায় মোহাম্মদপুরের এক পারিবারিক কারখানায় কাঠের ফ্রেমে কাপড় টেনে করা কারচুপির কাজ। স্লিম ফিট, ঢিলেঢালা পছন্দ হলে এক সাইজ বড় নিন। ড্রাই ওয়াশ করাবেন।',
      },
      images: [],
      variants: [
        {
          sku: 'PAN-HSILK-MAROON-40',
          name: { en: 'Maroon, size 40', bn: 'মেরুন, ৪০ সাইজ' },
          pricePoisha: 3450_00,
          onHand: 26,
        },
        {
          sku: 'PAN-HSILK-MAROON-42',
          name: { en: 'Maroon, size 42', bn: 'মেরুন, ৪২ সাইজ' },
          pricePoisha: 3450_00,
          onHand: 33,
        },
        {
          sku: 'PAN-HSILK-NAVY-42',
          name: { en: 'Navy, size 42', bn: 'নেভি ব্লু, ৪২ সাইজ' },
          pricePoisha: 3450_00,
          onHand: 21,
        },
        {
          sku: 'PAN-HSILK-NAVY-44',
          name: { en: 'Navy, size 44', bn: 'নেভি ব্লু, ৪৪ সাইজ' },
          pricePoisha: 3450_00,
          onHand: 24,
        },
      ],
    },
    {
      slug: 'kabli-set-with-pyjama',
      name: { en: 'Kabli set with pyjama', bn: 'পায়জামাসহ কাবলি সেট' },
      description: {
        en: 'Shirt collar, chest pocket and shoulder straps, with a matching elasticated pyjama, in wrinkle-shy poly-viscose that survives a night bus to Rangpur. Length 38 inches. The set is sewn in Keraniganj.',
        bn: 'শার্ট কলার, বুকপকেট আর কাঁধে স্ট্র্যাপ, সঙ্গে একই কাপড়ের ইলাস্টিক পায়জামা। পলি-ভিসকোস কাপড়ে সহজে ভাঁজ পড়ে না, রাতের বাসে রংপুর গিয়েও পরা যাবে। ঝুল ৩৮ ইঞ্চি, সেলাই কেরানীগঞ্জে।',
      },
      images: [],
      variants: [
        {
          sku: 'PAN-KABLI-M',
          name: { en: 'Medium', bn: 'মিডিয়াম' },
          pricePoisha: 2650_00,
          salePricePoisha: 2290_00,
          onHand: 58,
        },
        {
          sku: 'PAN-KABLI-L',
          name: { en: 'Large', bn: 'লার্জ' },
          pricePoisha: 2650_00,
          salePricePoisha: 2290_00,
          onHand: 67,
        },
        { sku: 'PAN-KABLI-XL', name: { en: 'Extra large', bn: 'এক্সট্রা লার্জ' }, pricePoisha: 2650_00, onHand: 35 },
      ],
    },
    {
      slug: 'churidar-pyjama-white',
      name: { en: 'White cotton churidar pyjama', bn: 'সাদা সুতি চুড়িদার পায়জামা' },
      description: {
        en: 'Plain white poplin pyjama that goes under any panjabi, with a drawstring and a side pocket. Bias-cut below the knee so that it gathers at the ankle without pulling. One size fits waists from 30 to 40 inches.',
        bn: 'যেকোনো পাঞ্জাবির সঙ্গে পরার সাদা পপলিন পায়জামা; কোমরে ফিতা, পাশে একটি পকেট। হাঁটুর নিচ থেকে আড়াআড়ি কাটা, তাই গোড়ালিতে কুঁচি পড়ে কিন্তু টান লাগে না। ৩০ থেকে ৪০ ইঞ্চি কোমরে এক সাইজেই হয়।',
      },
      images: [],
      variants: [{ sku: 'PAN-CHURIDAR-WHITE', name: null, pricePoisha: 650_00, onHand: 310 }],
    },
  ],
}
