import type { DemoCategory } from '../types.ts'

export const sweets: DemoCategory = {
  slug: 'sweets',
  name: { en: 'Sweets', bn: 'মিষ্টি' },
  products: [
    {
      slug: 'porabari-chomchom',
      name: { en: 'Porabari chomchom', bn: 'পোড়াবাড়ির চমচম' },
      description: {
        en: 'Brick-brown outside, honeycombed inside and rolled in mawa, brought overnight from Tangail. About eighteen pieces to the kilo. Keep in the fridge and finish within four days.',
        bn: 'বাইরে পোড়া ইটের রং, ভেতরে মৌচাকের মতো ফাঁপা, গায়ে মাওয়ার গুঁড়া; টাঙ্গাইল থেকে রাতের গাড়িতে আসে। কেজিতে আঠারোটির মতো ধরে। ফ্রিজে রাখুন, চার দিনের মধ্যে খেয়ে নিন।',
      },
      images: [],
      variants: [
        { sku: 'SWT-CHOM-500G', name: { en: '500 g', bn: '৫০০ গ্রাম' }, pricePoisha: 190_00, onHand: 110 },
        { sku: 'SWT-CHOM-1KG', name: { en: '1 kg', bn: '১ কেজি' }, pricePoisha: 370_00, onHand: 130 },
        { sku: 'SWT-CHOM-2KG', name: { en: '2 kg box', bn: '২ কেজির বাক্স' }, pricePoisha: 730_00, onHand: 45 },
      ],
    },
    {
      slug: 'natore-kachagolla',
      name: { en: 'Natore kachagolla', bn: 'নাটোরের কাঁচাগোল্লা' },
      description: {
        en: 'Not a ball at all but fresh chhana stirred with sugar until it just holds together, the way Natore has done it for over two centuries. Sent in a clay pot, same-day inside Dhaka only.',
        bn: 'নামে গোল্লা, আসলে গোল নয়: টাটকা ছানা চিনিতে নেড়ে মাখা মাখা করা, নাটোরে দুই শ বছরের বেশি সময় ধরে যেভাবে হয়ে আসছে। মাটির পাত্রে দেওয়া হয়, শুধু ঢাকার ভেতরে দিনে দিনে পৌঁছায়।',
      },
      images: [],
      variants: [
        {
          sku: 'SWT-KACHA-500G',
          name: { en: '500 g', bn: '৫০০ গ্রাম' },
          pricePoisha: 320_00,
          onHand: 40,
          maxPerOrder: 4,
        },
        { sku: 'SWT-KACHA-1KG', name: { en: '1 kg', bn: '১ কেজি' }, pricePoisha: 620_00, onHand: 25, maxPerOrder: 4 },
      ],
    },
    {
      slug: 'bogura-sora-doi',
      name: { en: 'Bogura yoghurt in an earthen sora', bn: 'সরায় পাতা বগুড়ার দই' },
      description: {
        en: 'Milk reduced to a third for five hours, then set in the clay sora in which it is sold. The top skin is the best part, so do not stir. Net weight about 650 grams.',
        bn: 'পাঁচ ঘণ্টা জ্বাল দিয়ে দুধ তিন ভাগের এক ভাগে এনে মাটির সরায় পাতা, সেই সরাতেই বিক্রি। ওপরের সরটাই আসল মজা, নেড়ে ফেলবেন না। সরা বাদে ওজন ৬৫০ গ্রামের মতো।',
      },
      images: [],
      variants: [
        {
          sku: 'SWT-DOI-SWEET',
          name: { en: 'Sweet', bn: 'মিষ্টি দই' },
          pricePoisha: 290_00,
          onHand: 75,
          maxPerOrder: 6,
        },
        { sku: 'SWT-DOI-SOUR', name: { en: 'Sour', bn: 'টক দই' }, pricePoisha: 240_00, onHand: 50, maxPerOrder: 6 },
      ],
    },
    {
      slug: 'cumilla-roshmalai',
      name: { en: 'Cumilla roshmalai', bn: 'কুমিল্লার রসমালাই' },
      description: {
        en: 'Chickpea-sized chhana drops in thick cream-coloured milk, from the Manoharpur lane of Cumilla. Travels in an insulated box with ice packs. One tub serves five polite guests or two others.',
        bn: 'ঘন ক্ষীরে ছোলার দানার মতো ছোট ছোট ছানার গুটি, কুমিল্লার মনোহরপুর থেকে আনা। বরফ দেওয়া তাপরোধী বাক্সে আসে। এক বাটিতে লাজুক মেহমান পাঁচজন, নইলে দুজন।',
      },
      images: [],
      variants: [{ sku: 'SWT-ROSHMALAI-1KG', name: null, pricePoisha: 420_00, onHand: 0, maxPerOrder: 5 }],
    },
    {
      slug: 'muktagacha-monda',
      name: { en: 'Muktagacha monda', bn: 'মুক্তাগাছার মন্ডা' },
      description: {
        en: 'Flat, fudge-like chhana sweets wrapped singly in butter paper, twenty to a kilo. They are said to have been first offered at the zamindar house of Muktagacha in 1824. Keeps three days outside the fridge in winter.',
        bn: 'চ্যাপ্টা, নরম ছানার মিষ্টি, প্রতিটি আলাদা কাগজে মোড়ানো, কেজিতে বিশটি। ১৮২৪ সালে মুক্তাগাছার জমিদারবাড়িতে প্রথম পরিবেশন করা হয়েছিল বলে জানা যায়। শীতকালে ফ্রিজ ছাড়াই তিন দিন ভালো থাকে।',
      },
      images: [],
      variants: [
        { sku: 'SWT-MONDA-10PC', name: { en: 'Ten pieces', bn: '১০টি' }, pricePoisha: 380_00, onHand: 60 },
        {
          sku: 'SWT-MONDA-20PC',
          name: { en: 'Twenty pieces', bn: '২০টি' },
          pricePoisha: 740_00,
          onHand: 48,
        },
      ],
    },
    {
      slug: 'til-and-coconut-naru',
      name: { en: 'Sesame and coconut naru', bn: 'তিল ও নারকেলের নাড়ু' },
      description: {
        en: 'Rolled by hand with date-palm jaggery from Jashore in the cold months. A jar holds about thirty, half sesame and half coconut. No preservative; good for three weeks with the lid on.',
        bn: 'শীতকালে যশোরের খেজুর গুড় দিয়ে হাতে পাকানো নাড়ু। এক বয়ামে তিরিশটির মতো, অর্ধেক তিলের, অর্ধেক নারকেলের। প্রিজারভেটিভ নেই, ঢাকনা আটকানো থাকলে তিন সপ্তাহ ভালো থাকে।',
      },
      images: [],
      variants: [{ sku: 'SWT-NARU-JAR', name: null, pricePoisha: 350_00, onHand: 100 }],
    },
  ],
}
