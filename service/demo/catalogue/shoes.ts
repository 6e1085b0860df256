import type { DemoCategory } from '../types.ts'

export const shoes: DemoCategory = {
  slug: 'shoes',
  name: { en: 'Shoes', bn: 'জুতা' },
  products: [
    {
      slug: 'mens-leather-nagra',
      name: { en: "Men's leather nagra", bn: 'পুরুষদের চামড়ার নাগরা' },
      description: {
        en: 'Cow leather tanned in Savar, hand-lasted in Old Dhaka, with a padded insole that the traditional nagra never had. Wears to the shape of the foot in about a week. Leather sole with a rubber half-sole for wet tiles.',
        bn: 'সাভারে পাকা করা গরুর চামড়া, পুরান ঢাকায় হাতে ফর্মায় তোলা; ভেতরে নরম ইনসোল, যা আগেকার নাগরায় থাকত না। সপ্তাহখানেক পরলে পায়ের গড়নে বসে যায়। চামড়ার তলায় সামনের দিকে রাবার, ভেজা টাইলসে পিছলাবে না।',
      },
      images: [],
      variants: [
        { sku: 'SHO-NAGRA-TAN-40', name: { en: 'Tan, size 40', bn: 'ট্যান, ৪০ সাইজ' }, pricePoisha: 2450_00, onHand: 34 },
        { sku: 'SHO-NAGRA-TAN-41', name: { en: 'Tan, size 41', bn: 'ট্যান, ৪১ সাইজ' }, pricePoisha: 2450_00, onHand: 41 },
        { sku: 'SHO-NAGRA-TAN-42', name: { en: 'Tan, size 42', bn: 'ট্যান, ৪২ সাইজ' }, pricePoisha: 2450_00, onHand: 37 },
        { sku: 'SHO-NAGRA-TAN-43', name: { en: 'Tan, size 43', bn: 'ট্যান, ৪৩ সাইজ' }, pricePoisha: 2450_00, onHand: 26 },
        {
          sku: 'SHO-NAGRA-BLACK-42',
          name: { en: 'Black, size 42', bn: 'কালো, ৪২ সাইজ' },
          pricePoisha: 2450_00,
          salePricePoisha: 2090_00,
          onHand: 22,
        },
      ],
    },
    {
      slug: 'mens-cross-strap-sandal',
      name: { en: "Men's cross-strap leather sandal", bn: 'পুরুষদের ক্রস বেল্ট চামড়ার স্যান্ডেল' },
      description: {
        en: 'Two crossed straps in full-grain leather over a PU sole that weighs 210 grams a shoe. Stitched as well as glued, with six months of free re-stitching at our Elephant Road counter.',
        bn: 'ফুল-গ্রেইন চামড়ার দুটি আড়াআড়ি বেল্ট, হালকা পিইউ সোল; এক পাটির ওজন ২১০ গ্রাম। আঠার সঙ্গে সেলাইও আছে, এলিফ্যান্ট রোডের কাউন্টারে ছয় মাস বিনা খরচে সেলাই করে দিই।',
      },
      images: [],
      variants: [
        {
          sku: 'SHO-CROSS-BROWN-41',
          name: { en: 'Brown, size 41', bn: 'বাদামি, ৪১ সাইজ' },
          pricePoisha: 1690_00,
          onHand: 55,
        },
        {
          sku: 'SHO-CROSS-BROWN-42',
          name: { en: 'Brown, size 42', bn: 'বাদামি, ৪২ সাইজ' },
          pricePoisha: 1690_00,
          onHand: 61,
        },
        {
          sku: 'SHO-CROSS-BROWN-43',
          name: { en: 'Brown, size 43', bn: 'বাদামি, ৪৩ সাইজ' },
          pricePoisha: 1690_00,
          onHand: 5,
        },
      ],
    },
    {
      slug: 'womens-block-heel-sandal',
      name: { en: "Women's block-heel sandal", bn: 'মেয়েদের ব্লক হিল স্যান্ডেল' },
      description: {
        en: 'A five-centimetre block heel you can stand on through a whole wedding at the community centre, ankle strap with an elastic insert, and a gold-foil upper in vegan leather. True to size.',
        bn: 'পাঁচ সেন্টিমিটার চওড়া হিল, কমিউনিটি সেন্টারে পুরো বিয়ে দাঁড়িয়ে কাটানো যায়; গোড়ালির বেল্টে ইলাস্টিক, ওপরে সোনালি ফয়েলের কৃত্রিম চামড়া। আপনার নিয়মিত মাপই নিন।',
      },
      images: [],
      variants: [
        {
          sku: 'SHO-BLOCK-GOLD-37',
          name: { en: 'Gold, size 37', bn: 'সোনালি, ৩৭ সাইজ' },
          pricePoisha: 1890_00,
          salePricePoisha: 1590_00,
          onHand: 36,
        },
        {
          sku: 'SHO-BLOCK-GOLD-38',
          name: { en: 'Gold, size 38', bn: 'সোনালি, ৩৮ সাইজ' },
          pricePoisha: 1890_00,
          salePricePoisha: 1590_00,
          onHand: 42,
        },
        {
          sku: 'SHO-BLOCK-GOLD-39',
          name: { en: 'Gold, size 39', bn: 'সোনালি, ৩৯ সাইজ' },
          pricePoisha: 1890_00,
          onHand: 25,
        },
        {
          sku: 'SHO-BLOCK-BLACK-38',
          name: { en: 'Black, size 38', bn: 'কালো, ৩৮ সাইজ' },
          pricePoisha: 1890_00,
          onHand: 33,
        },
      ],
    },
    {
      slug: 'womens-flat-kolhapuri',
      name: { en: "Women's flat Kolhapuri-style chappal", bn: 'মেয়েদের ফ্ল্যাট কোলাপুরি চপ্পল' },
      description: {
        en: 'Braided toe-ring and punched vamp in vegetable-tanned leather, made in Bhairab where every second house is a shoe workshop. The leather darkens with wear; keep it dry for the first few days.',
        bn: 'ভেষজ কষে পাকা চামড়া, বেণি করা আঙুলের ফিতা আর ফুটো তোলা নকশা; বানানো ভৈরবে, যেখানে পাড়ায় পাড়ায় জুতার কারখানা। পরতে পরতে রং গাঢ় হয়, প্রথম কয়েক দিন পানি লাগাবেন না।',
      },
      images: [],
      variants: [
        { sku: 'SHO-KOLHA-37', name: { en: 'Size 37', bn: '৩৭ সাইজ' }, pricePoisha: 950_00, onHand: 78 },
        { sku: 'SHO-KOLHA-38', name: { en: 'Size 38', bn: '৩৮ সাইজ' }, pricePoisha: 950_00, onHand: 90 },
        { sku: 'SHO-KOLHA-39', name: { en: 'Size 39', bn: '৩৯ সাইজ' }, pricePoisha: 950_00, onHand: 57 },
      ],
    },
    {
      slug: 'kids-light-up-sneaker',
      name: { en: "Kids' light-up sneaker", bn: 'বাচ্চাদের আলো জ্বলা কেডস' },
      description: {
        en: 'Lights blink at the heel for roughly 100,000 steps, with one velcro strap and no laces to trip on. Mesh upper dries overnight; the lights are sealed, so rain does no harm.',
        bn: 'হাঁটলেই গোড়ালিতে আলো জ্বলে, চলে প্রায় এক লাখ কদম; ফিতার ঝামেলা নেই, একটি ভেলক্রো বেল্ট। জালি কাপড় এক রাতেই শুকায়, আলোর অংশ সিল করা বলে বৃষ্টিতে নষ্ট হয় না।',
      },
      images: [],
      variants: [
        { sku: 'SHO-KLIGHT-26', name: { en: 'Size 26', bn: '২৬ সাইজ' }, pricePoisha: 1250_00, onHand: 44 },
        {
          sku: 'SHO-KLIGHT-28',
          name: { en: 'Size 28', bn: '২৮ সাইজ' },
          pricePoisha: 1250_00,
          salePricePoisha: 990_00,
          onHand: 50,
        },
        { sku: 'SHO-KLIGHT-30', name: { en: 'Size 30', bn: '৩০ সাইজ' }, pricePoisha: 1290_00, onHand: 38 },
      ],
    },
  ],
}
