import type { DemoCategory } from '../types.ts'

export const gifts: DemoCategory = {
  slug: 'gifts',
  name: { en: 'Gifts & prayer', bn: 'উপহার ও নামাজ' },
  products: [
    {
      slug: 'eid-salami-envelopes',
      name: { en: 'Eid salami envelopes, pack of ten', bn: 'ঈদ সালামির খাম, ১০টি' },
      description: {
        en: 'Envelopes sized for new notes, in thick handmade paper with a gold inside. Ten pictures on one theme in each pack, so cousins can compare. Printed in Fakirapool.',
        bn: 'নতুন নোটের মাপে বানানো খাম, হাতে তৈরি মোটা কাগজ, ভেতরটা সোনালি। প্রতি প্যাকেটে একই ধাঁচের দশ রকম ছবি, কার খাম কেমন তা নিয়ে ভাইবোনে জমবে ভালো। ছাপা ফকিরাপুলে।',
      },
      images: [],
      variants: [
        { sku: 'GFT-SALAMI-RICKSHAW', name: { en: 'Rickshaw art', bn: 'রিকশাচিত্র' }, pricePoisha: 150_00, onHand: 380 },
        { sku: 'GFT-SALAMI-ALPONA', name: { en: 'Alpona', bn: 'আলপনা' }, pricePoisha: 150_00, onHand: 290 },
        { sku: 'GFT-SALAMI-MOON', name: { en: 'Crescent moon', bn: 'বাঁকা চাঁদ' }, pricePoisha: 150_00, onHand: 330 },
      ],
    },
    {
      slug: 'velvet-prayer-mat-padded',
      name: { en: 'Padded velvet prayer mat', bn: 'ফোমসহ মখমলের জায়নামাজ' },
      description: {
        en: 'Twelve millimetres of foam under plush velvet, kind to old knees, with a non-slip back. 80 by 120 cm, 1.1 kg. Comes rolled in a carry bag.',
        bn: 'মখমলের নিচে বারো মিলিমিটার ফোম, হাঁটুর ব্যথায় আরাম দেয়; তলা পিছলায় না। মাপ ৮০ বাই ১২০ সেমি, ওজন ১.১ কেজি। গোল করে মুড়িয়ে ব্যাগে দেওয়া হয়।',
      },
      images: [],
      variants: [
        { sku: 'GFT-JAINAMAZ-GREEN', name: { en: 'Deep green', bn: 'গাঢ় সবুজ' }, pricePoisha: 1150_00, onHand: 92 },
        {
          sku: 'GFT-JAINAMAZ-MAROON',
          name: { en: 'Maroon', bn: 'মেরুন' },
          pricePoisha: 1150_00,
          salePricePoisha: 980_00,
          onHand: 87,
        },
        { sku: 'GFT-JAINAMAZ-NAVY', name: { en: 'Navy', bn: 'নেভি ব্লু' }, pricePoisha: 1150_00, onHand: 64 },
      ],
    },
    {
      slug: 'eid-gift-hamper-family',
      name: { en: 'Eid hamper for the family', bn: 'পরিবারের জন্য ঈদের ডালা' },
      description: {
        en: 'A cane basket from Sylhet with lachcha semai (500 g), ghee (200 g), nuts (250 g), beli attar (6 ml) and two salami envelopes, tied in a gamcha. A small greeting card, written by hand, goes with it.',
        bn: 'সিলেটের বেতের ঝুড়িতে লাচ্ছা সেমাই (৫০০ গ্রাম), ঘি (২০০ গ্রাম), বাদাম-কিশমিশ (২৫০ গ্রাম), বেলি আতর (৬ মিলি) আর দুটি সালামির খাম, গামছায় বাঁধা। সঙ্গে হাতে লেখা একটি ছোট শুভেচ্ছা কার্ড থাকে।',
      },
      images: [],
      variants: [
        {
          sku: 'GFT-HAMPER-STD',
          name: { en: 'Standard', bn: 'সাধারণ' },
          pricePoisha: 1950_00,
          onHand: 58,
          maxPerOrder: 5,
        },
        {
          sku: 'GFT-HAMPER-LARGE',
          name: { en: 'Large, with chinigura rice (5 kg)', bn: 'বড়, সঙ্গে চিনিগুঁড়া চাল (৫ কেজি)' },
          pricePoisha: 2850_00,
          salePricePoisha: 2590_00,
          onHand: 30,
          maxPerOrder: 5,
        },
      ],
    },
    {
      slug: 'rickshaw-art-tin-tray',
      name: { en: 'Rickshaw-art tin tray', bn: 'রিকশাচিত্রের টিনের ট্রে' },
      description: {
        en: 'Painted freehand in enamel by a rickshaw painter of Bakshibazar, then lacquered, so tea does not mark it. 30 by 40 cm. No two peacocks are alike.',
        bn: 'বকশীবাজারের এক রিকশা আর্টিস্টের এনামেল রঙে হাতে আঁকা, ওপরে ল্যাকার দেওয়া, চা পড়লেও দাগ বসে না। মাপ ৩০ বাই ৪০ সেমি। একটার ময়ূর আরেকটার মতো হয় না।',
      },
      images: [],
      variants: [{ sku: 'GFT-TRAY-RICKSHAW', name: null, pricePoisha: 890_00, onHand: 42 }],
    },
    {
      slug: 'wooden-tasbih-99',
      name: { en: 'Sandalwood-scented tasbih, 99 beads', bn: 'চন্দনগন্ধি তসবিহ, ৯৯ দানা' },
      description: {
        en: 'Neem-wood beads of 8 mm turned in Rangpur and rested in sandalwood oil, strung on doubled nylon with a silk tassel. The scent returns when the beads are warm from the hand.',
        bn: 'রংপুরে কুঁদে বানানো ৮ মিলিমিটারের নিম কাঠের দানা, চন্দন তেলে ভিজিয়ে রাখা; দোহারা নাইলনে গাঁথা, রেশমি ঝালর। হাতের গরমে ঘ্রাণ আবার ফিরে আসে।',
      },
      images: [],
      variants: [{ sku: 'GFT-TASBIH-99', name: null, pricePoisha: 340_00, onHand: 205 }],
    },
    {
      slug: 'jute-macrame-wall-hanging',
      name: { en: 'Jute wall hanging, shika weave', bn: 'পাটের শিকার ওয়াল হ্যাঙ্গিং' },
      description: {
        en: 'The old shika knot, once used to hang pots from the rafters, opened out into a wall piece by a cooperative in Faridpur. Golden jute, 45 by 80 cm on a bamboo rod.',
        bn: 'একসময় চালের আড়া থেকে হাঁড়ি ঝোলানো হতো যে শিকায়, তারই গিঁট খুলে মেলে দেয়ালের জন্য সাজিয়েছে ফরিদপুরের একটি সমবায়। সোনালি আঁশ, বাঁশের কাঠিতে ৪৫ বাই ৮০ সেমি।',
      },
      images: [],
      variants: [{ sku: 'GFT-SHIKA-80', name: null, pricePoisha: 760_00, onHand: 51 }],
    },
  ],
}
