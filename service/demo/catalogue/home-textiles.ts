import type { DemoCategory } from '../types.ts'

export const homeTextiles: DemoCategory = {
  slug: 'home-textiles',
  name: { en: 'Nakshi kantha & home textiles', bn: 'নকশি কাঁথা ও ঘরের কাপড়' },
  products: [
    {
      slug: 'nakshi-kantha-jamalpur-double',
      name: { en: 'Jamalpur nakshi kantha, double', bn: 'জামালপুরের নকশি কাঁথা, ডাবল' },
      description: {
        en: 'Four layers of soft cotton held by running stitch, with a lotus in the middle and a tree of life in each corner. One woman in Bakshiganj works on it for about five months; her name is sewn on the back. 90 by 100 inches.',
        bn: 'চার পরত নরম সুতি কাপড়ে রান ফোঁড়, মাঝখানে পদ্ম, চার কোণে জীবনবৃক্ষ। বকশীগঞ্জের একজন নারী প্রায় পাঁচ মাস ধরে একটি কাঁথা সেলাই করেন, উল্টো পিঠে তাঁর নাম তোলা থাকে। মাপ ৯০ বাই ১০০ ইঞ্চি।',
      },
      images: [],
      variants: [
        {
          sku: 'HOM-KANTHA-RED',
          name: { en: 'Red on cream', bn: 'ঘিয়ে জমিনে লাল' },
          pricePoisha: 9800_00,
          onHand: 3,
          maxPerOrder: 1,
        },
        {
          sku: 'HOM-KANTHA-BLUE',
          name: { en: 'Blue on cream', bn: 'ঘিয়ে জমিনে নীল' },
          pricePoisha: 9800_00,
          onHand: 2,
          maxPerOrder: 1,
        },
      ],
    },
    {
      slug: 'baby-kantha-old-saree',
      name: { en: 'Baby kantha of old cotton sarees', bn: 'পুরোনো শাড়ির শিশু কাঁথা' },
      description: {
        en: "Grandmother's recipe: washed-thin sarees, three layers, small even stitches. Soft enough for a newborn, dries in an afternoon, 28 by 36 inches. Every piece has its own colours, which we choose.",
        bn: 'নানি-দাদিদের সেই কাঁথা: ধুতে ধুতে নরম হওয়া শাড়ির তিন পরত, ঘন ছোট ফোঁড়। নবজাতকের গায়ে আরাম, এক বিকেলেই শুকায়, মাপ ২৮ বাই ৩৬ ইঞ্চি। একেকটির রং একেক রকম, আমরা বেছে পাঠাই।',
      },
      images: [],
      variants: [
        { sku: 'HOM-BABYKANTHA-1', name: { en: 'One piece', bn: 'একটি' }, pricePoisha: 380_00, onHand: 140 },
        {
          sku: 'HOM-BABYKANTHA-3',
          name: { en: 'Set of three', bn: 'তিনটির সেট' },
          pricePoisha: 1080_00,
          salePricePoisha: 960_00,
          onHand: 62,
        },
      ],
    },
    {
      slug: 'handloom-bed-cover-kumarkhali',
      name: { en: 'Kumarkhali handloom bed cover', bn: 'কুমারখালীর তাঁতের বেডকভার' },
      description: {
        en: 'Heavy ribbed cotton from Kumarkhali in Kushtia, with two pillow covers. It weighs 1.6 kg and hangs straight without being tucked. Double size, 90 by 100 inches; colours hold in cold water.',
        bn: 'কুষ্টিয়ার কুমারখালীর মোটা খাঁজকাটা বুননের সুতি বেডকভার, সঙ্গে দুটি বালিশের কভার। ওজন ১.৬ কেজি, গুঁজে না দিলেও সোজা ঝুলে থাকে। ডাবল সাইজ, ৯০ বাই ১০০ ইঞ্চি; ঠান্ডা পানিতে ধুলে রং পাকা।',
      },
      images: [],
      variants: [
        { sku: 'HOM-BEDCOV-RUST', name: { en: 'Rust', bn: 'মরিচা রং' }, pricePoisha: 2350_00, onHand: 44 },
        {
          sku: 'HOM-BEDCOV-GREY',
          name: { en: 'Grey', bn: 'ধূসর' },
          pricePoisha: 2350_00,
          salePricePoisha: 1990_00,
          onHand: 39,
        },
        { sku: 'HOM-BEDCOV-LEAF', name: { en: 'Leaf green', bn: 'কলাপাতা সবুজ' }, pricePoisha: 2350_00, onHand: 51 },
      ],
    },
    {
      slug: 'shital-pati-sylhet',
      name: { en: 'Sylhet shital pati', bn: 'সিলেটের শীতলপাটি' },
      description: {
        en: 'Woven from split murta cane in Balaganj, so fine and cool that a marble would roll off it. Rolls up for storage; wipe with a damp cloth and dry in shade. It will last ten summers.',
        bn: 'বালাগঞ্জে মুর্তা বেত চিরে বোনা, এত মিহি আর ঠান্ডা যে মার্বেল রাখলে গড়িয়ে পড়ে। গুটিয়ে তুলে রাখা যায়; ভেজা কাপড়ে মুছে ছায়ায় শুকান। দশটা গরমকাল অনায়াসে পার হবে।',
      },
      images: [],
      variants: [
        {
          sku: 'HOM-PATI-SINGLE',
          name: { en: 'Single, 3.5 by 6 ft', bn: 'সিঙ্গেল, সাড়ে ৩ বাই ৬ ফুট' },
          pricePoisha: 3200_00,
          onHand: 26,
          maxPerOrder: 4,
        },
        {
          sku: 'HOM-PATI-DOUBLE',
          name: { en: 'Double, 5 by 7 ft', bn: 'ডাবল, ৫ বাই ৭ ফুট' },
          pricePoisha: 5600_00,
          onHand: 20,
          maxPerOrder: 4,
        },
      ],
    },
    {
      slug: 'gamcha-handloom-large',
      name: { en: 'Large handloom gamcha', bn: 'বড় তাঁতের গামছা' },
      description: {
        en: 'Red and green checks from the looms of Jhalakathi, thin enough to dry twice a day and strong enough to tie a load. 30 by 70 inches. The dye bleeds a little at first wash.',
        bn: 'ঝালকাঠির তাঁতে বোনা লাল-সবুজ চেক; এত পাতলা যে দিনে দুবার শুকায়, এত শক্ত যে বোঝা বাঁধা যায়। মাপ ৩০ বাই ৭০ ইঞ্চি। প্রথম ধোয়ায় একটু রং উঠবে।',
      },
      images: [],
      variants: [{ sku: 'HOM-GAMCHA-L', name: null, pricePoisha: 220_00, onHand: 340 }],
    },
  ],
}
