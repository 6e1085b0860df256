import type { DemoCategory } from '../types.ts'

export const threePiece: DemoCategory = {
  slug: 'three-piece',
  name: { en: 'Three-piece & kurti', bn: 'থ্রি-পিস ও কুর্তি' },
  products: [
    {
      slug: 'block-print-cotton-three-piece',
      name: { en: 'Hand-block cotton three-piece, unstitched', bn: 'হাতের ব্লকের সুতি থ্রি-পিস, আনস্টিচড' },
      description: {
        en: 'Kamiz, salwar and orna in voile, printed by hand with wooden blocks at a workshop in Narsingdi. Kamiz 2.5 metres, salwar 2.5 metres, orna 2.25 metres. Tiny shifts in the print are where the block was lifted.',
        bn: 'নরসিংদীর এক কারখানায় কাঠের ব্লকে হাতে ছাপা ভয়েল কাপড়ের কামিজ, সালোয়ার ও ওড়না। কামিজ আড়াই মিটার, সালোয়ার আড়াই মিটার, ওড়না সোয়া দুই মিটার। ছাপায় কোথাও সামান্য নড়চড় থাকলে বুঝবেন, সেখানে কারিগর ব্লক তুলেছিলেন।',
      },
      images: [],
      variants: [
        { sku: 'TPC-BLOCK-INDIGO', name: { en: 'Indigo on white', bn: 'সাদায় নীল' }, pricePoisha: 1350_00, onHand: 88 },
        {
          sku: 'TPC-BLOCK-MEHENDI',
          name: { en: 'Henna green', bn: 'মেহেদি সবুজ' },
          pricePoisha: 1350_00,
          salePricePoisha: 1090_00,
          onHand: 74,
        },
        { sku: 'TPC-BLOCK-BRICK', name: { en: 'Brick red', bn: 'ইটরঙা লাল' }, pricePoisha: 1350_00, onHand: 69 },
      ],
    },
    {
      slug: 'georgette-karchupi-three-piece',
      name: { en: 'Georgette party three-piece with karchupi', bn: 'কারচুপি কাজের জর্জেট পার্টি থ্রি-পিস' },
      description: {
        en: 'Stitched and lined georgette with beads and dabka on the yoke, made for the evening of Eid rather than the kitchen. Chiffon orna with a four-sided border. Hand embroidery by women in Saidpur, up to nine hours a piece.',
        bn: 'আস্তরসহ সেলাই করা জর্জেট, গলায় পুঁতি আর দাবকার কাজ; রান্নাঘরের নয়, ঈদের সন্ধ্যায় বেরোনোর পোশাক। চারদিকে পাড় দেওয়া শিফন ওড়না। সৈয়দপুরের মেয়েরা হাতে কাজ করেছেন, একেকটিতে নয় ঘণ্টা পর্যন্ত লেগেছে।',
      },
      images: [],
      variants: [
        { sku: 'TPC-GEORG-S', name: { en: 'Bust 36', bn: 'বুক ৩৬' }, pricePoisha: 4850_00, onHand: 24, maxPerOrder: 4 },
        { sku: 'TPC-GEORG-M', name: { en: 'Bust 38', bn: 'বুক ৩৮' }, pricePoisha: 4850_00, onHand: 30, maxPerOrder: 4 },
        { sku: 'TPC-GEORG-L', name: { en: 'Bust 40', bn: 'বুক ৪০' }, pricePoisha: 4850_00, onHand: 22, maxPerOrder: 4 },
        { sku: 'TPC-GEORG-XL', name: { en: 'Bust 42', bn: 'বুক ৪২' }, pricePoisha: 4950_00, onHand: 2, maxPerOrder: 4 },
      ],
    },
    {
      slug: 'lawn-three-piece-floral',
      name: { en: 'Floral lawn three-piece, unstitched', bn: 'ফুলেল লন থ্রি-পিস, আনস্টিচড' },
      description: {
        en: 'Soft digital-printed lawn that breathes through a Dhaka April, with an embroidered neckline you sew on. The salwar cloth is plain dyed cambric. Fabric for sizes up to bust 46.',
        bn: 'চৈত্রের গরমেও আরাম দেয় এমন নরম ডিজিটাল প্রিন্টের লন কাপড়, সঙ্গে আলাদা এমব্রয়ডারি করা গলা, সেলাইয়ের সময় বসিয়ে নেবেন। সালোয়ারের কাপড় একরঙা ক্যামব্রিক। ৪৬ বুক পর্যন্ত অনায়াসে হবে।',
      },
      images: [],
      variants: [
        {
          sku: 'TPC-LAWN-PEACH',
          name: { en: 'Peach garden', bn: 'পিচ রঙা বাগান' },
          pricePoisha: 2150_00,
          salePricePoisha: 1790_00,
          onHand: 110,
        },
        { sku: 'TPC-LAWN-MINT', name: { en: 'Mint vine', bn: 'পুদিনা লতা' }, pricePoisha: 2150_00, onHand: 95 },
      ],
    },
    {
      slug: 'jamdani-motif-kurti',
      name: { en: 'Jamdani-motif cotton kurti', bn: 'জামদানি মোটিফের সুতি কুর্তি' },
      description: {
        en: 'Knee-length kurti in slub cotton with woven jamdani flowers at the hem, three-quarter sleeves and a pocket on the right. It is one layer and not see-through. Gentle machine wash at 30 degrees.',
        bn: 'হাঁটু পর্যন্ত ঝুলের স্লাব সুতি কুর্তি, নিচের ঘেরে বোনা জামদানি বুটি, থ্রি-কোয়ার্টার হাতা আর ডান পাশে পকেট। এক পরতের কাপড় হলেও ভেতর দেখা যায় না। ৩০ ডিগ্রিতে মেশিনে আলতো করে ধোয়া যাবে।',
      },
      images: [],
      variants: [
        { sku: 'KUR-JAMMOTIF-36', name: { en: 'Size 36', bn: '৩৬ সাইজ' }, pricePoisha: 1250_00, onHand: 57 },
        { sku: 'KUR-JAMMOTIF-38', name: { en: 'Size 38', bn: '৩৮ সাইজ' }, pricePoisha: 1250_00, onHand: 82 },
        { sku: 'KUR-JAMMOTIF-40', name: { en: 'Size 40', bn: '৪০ সাইজ' }, pricePoisha: 1250_00, onHand: 63 },
        { sku: 'KUR-JAMMOTIF-42', name: { en: 'Size 42', bn: '৪২ সাইজ' }, pricePoisha: 1250_00, onHand: 0 },
      ],
    },
    {
      slug: 'chiffon-hijab-two-metre',
      name: { en: 'Chiffon hijab, two metres', bn: 'শিফন হিজাব, দুই মিটার' },
      description: {
        en: 'Crinkled chiffon that holds a pin without slipping, hemmed on all four sides, 200 by 75 cm. Dyed in small lots in Madhabdi, so shades match within one order but may differ between months.',
        bn: 'কুঁচকানো শিফন, পিন বসালে পিছলে যায় না; চারদিকে মুড়ি সেলাই, মাপ ২০০ বাই ৭৫ সেমি। মাধবদীতে অল্প অল্প করে রং করা হয়, তাই এক অর্ডারের শেড এক থাকবে, অন্য মাসের সঙ্গে একটু তফাত হতে পারে।',
      },
      images: [],
      variants: [
        { sku: 'HIJ-CHIF-DUSTYROSE', name: { en: 'Dusty rose', bn: 'ধূসর গোলাপি' }, pricePoisha: 420_00, onHand: 160 },
        { sku: 'HIJ-CHIF-BLACK', name: { en: 'Black', bn: 'কালো' }, pricePoisha: 420_00, onHand: 240 },
        {
          sku: 'HIJ-CHIF-SAND',
          name: { en: 'Sand', bn: 'বালু রং' },
          pricePoisha: 420_00,
          salePricePoisha: 350_00,
          onHand: 135,
        },
        { sku: 'HIJ-CHIF-MAROON', name: { en: 'Maroon', bn: 'মেরুন' }, pricePoisha: 420_00, onHand: 150 },
      ],
    },
  ],
}
