import type { DemoCategory } from '../types.ts'

export const kitchen: DemoCategory = {
  slug: 'kitchen',
  name: { en: 'Kitchen', bn: 'রান্নাঘর' },
  products: [
    {
      slug: 'biryani-dekchi-heavy-aluminium',
      name: { en: 'Heavy aluminium biryani dekchi with lid', bn: 'বিরিয়ানির ভারী ডেকচি, ঢাকনাসহ' },
      description: {
        en: 'Five-millimetre base that does not scorch the bottom layer of rice, with a flat lid made to be sealed with dough. Cast and polished in Keraniganj. Not for induction stoves.',
        bn: 'তলা পাঁচ মিলিমিটার পুরু, নিচের ভাত ধরে যায় না; আটা দিয়ে মুখ বন্ধ করার মতো চ্যাপ্টা ঢাকনা। কেরানীগঞ্জে ঢালাই ও পালিশ করা। ইন্ডাকশন চুলায় চলবে না।',
      },
      images: [],
      variants: [
        { sku: 'KIT-DEKCHI-5L', name: { en: '5 litres', bn: '৫ লিটার' }, pricePoisha: 1650_00, onHand: 46 },
        { sku: 'KIT-DEKCHI-9L', name: { en: '9 litres', bn: '৯ লিটার' }, pricePoisha: 2450_00, onHand: 32 },
        {
          sku: 'KIT-DEKCHI-15L',
          name: { en: '15 litres', bn: '১৫ লিটার' },
          pricePoisha: 3900_00,
          salePricePoisha: 3490_00,
          onHand: 20,
        },
      ],
    },
    {
      slug: 'folding-boti-wooden-base',
      name: { en: 'Folding boti with wooden base', bn: 'কাঠের পিঁড়ির ভাঁজ করা বঁটি' },
      description: {
        en: 'Carbon-steel blade forged in Kaliganj, with a coconut scraper at the tip and a catch that locks it flat for storage. It wants a drop of mustard oil after washing. Keep away from children.',
        bn: 'কালীগঞ্জের কামারের পেটানো ইস্পাতের ফলা, মাথায় নারকেল কোরার দাঁত; ভাঁজ করে খিল আটকে তুলে রাখা যায়। ধোয়ার পর এক ফোঁটা সরিষার তেল মেখে রাখুন। শিশুদের নাগালের বাইরে রাখবেন।',
      },
      images: [],
      variants: [
        { sku: 'KIT-BOTI-10IN', name: { en: '10-inch blade', bn: '১০ ইঞ্চি ফলা' }, pricePoisha: 850_00, onHand: 64 },
        { sku: 'KIT-BOTI-12IN', name: { en: '12-inch blade', bn: '১২ ইঞ্চি ফলা' }, pricePoisha: 1050_00, onHand: 43 },
      ],
    },
    {
      slug: 'jonaki-mixer-grinder-750w',
      name: { en: 'Jonaki mixer grinder, 750 W', bn: 'জোনাকি মিক্সার গ্রাইন্ডার, ৭৫০ ওয়াট' },
      description: {
        en: 'Three steel jars for wet masala, dry spices and chutney, and a copper motor that switches itself off when it is overloaded. Cord 1.5 metres. Two years of warranty on the motor, one on the jars.',
        bn: 'ভেজা মসলা, শুকনা মসলা আর চাটনির জন্য তিনটি স্টিলের জার; কপার মোটর, অতিরিক্ত চাপ পড়লে নিজে থেকে বন্ধ হয়। তার দেড় মিটার। মোটরে দুই বছর, জারে এক বছরের ওয়ারেন্টি।',
      },
      images: [],
      variants: [
        {
          sku: 'KIT-JONAKI-MIX750',
          name: null,
          pricePoisha: 5400_00,
          salePricePoisha: 4790_00,
          onHand: 37,
          maxPerOrder: 2,
        },
      ],
    },
    {
      slug: 'kansa-dinner-plate-dhamrai',
      name: { en: 'Dhamrai bell-metal dinner plate', bn: 'ধামরাইয়ের কাঁসার থালা' },
      description: {
        en: 'Hammered kansa from the metal-casters of Dhamrai, with a raised rim and a ring that goes on for seconds. Clean with tamarind and ash. Weight marked on the back.',
        bn: 'ধামরাইয়ের কাঁসারিদের হাতে পেটানো থালা, কানা উঁচু, টোকা দিলে অনেকক্ষণ বাজে। তেঁতুল আর ছাই দিয়ে মাজলে ঝকঝক করবে। উল্টো পিঠে ওজন খোদাই করা।',
      },
      images: [],
      variants: [
        {
          sku: 'KIT-KANSA-10IN',
          name: { en: '10 inches, about 700 g', bn: '১০ ইঞ্চি, প্রায় ৭০০ গ্রাম' },
          pricePoisha: 2600_00,
          onHand: 28,
          maxPerOrder: 6,
        },
        {
          sku: 'KIT-KANSA-12IN',
          name: { en: '12 inches, about 1 kg', bn: '১২ ইঞ্চি, প্রায় ১ কেজি' },
          pricePoisha: 3700_00,
          onHand: 4,
          maxPerOrder: 6,
        },
      ],
    },
    {
      slug: 'clay-chitoi-pitha-mould',
      name: { en: 'Clay chitoi pitha mould', bn: 'মাটির চিতই পিঠার সাঁজ' },
      description: {
        en: 'Seven hollows and a dome lid, fired in the kilns of Bauphal in Patuakhali. Heat it dry once with rice husk before the first batter. Works on gas and on a clay stove.',
        bn: 'পটুয়াখালীর বাউফলের ভাটায় পোড়ানো সাত খোপের সাঁজ, সঙ্গে গম্বুজের মতো সরা। প্রথমবার গোলা দেওয়ার আগে তুষ দিয়ে একবার শুকনা তাতিয়ে নিন। গ্যাসের চুলা, মাটির চুলা দুটোতেই চলে।',
      },
      images: [],
      variants: [{ sku: 'KIT-CHITOI-7', name: null, pricePoisha: 320_00, onHand: 88 }],
    },
    {
      slug: 'melamine-dinner-set-24',
      name: { en: 'Melamine dinner set, 24 pieces', bn: 'মেলামাইন ডিনার সেট, ২৪ পিস' },
      description: {
        en: 'Six plates, six side plates, six bowls, four curry dishes, a rice dish and a ladle in food-grade melamine with a rickshaw-art border. Survives a fall from the table; not for the microwave.',
        bn: 'ছয়টি প্লেট, ছয়টি কোয়ার্টার প্লেট, ছয়টি বাটি, চারটি তরকারির ডিশ, একটি ভাতের ডিশ ও একটি চামচ; ফুড-গ্রেড মেলামাইন, কিনারে রিকশাচিত্রের নকশা। টেবিল থেকে পড়লেও ভাঙে না, মাইক্রোওয়েভে দেওয়া যাবে না।',
      },
      images: [],
      variants: [
        {
          sku: 'KIT-MELA24-PEACOCK',
          name: { en: 'Peacock', bn: 'ময়ূর' },
          pricePoisha: 2950_00,
          salePricePoisha: 2490_00,
          onHand: 55,
          maxPerOrder: 4,
        },
        {
          sku: 'KIT-MELA24-LOTUS',
          name: { en: 'Water lily', bn: 'শাপলা' },
          pricePoisha: 2950_00,
          onHand: 49,
          maxPerOrder: 4,
        },
        {
          sku: 'KIT-MELA24-CINEMA',
          name: { en: 'Cinema poster', bn: 'সিনেমার পোস্টার' },
          pricePoisha: 2950_00,
          onHand: 38,
          maxPerOrder: 4,
        },
      ],
    },
  ],
}
