import type { DemoCategory } from '../types.ts'

export const spices: DemoCategory = {
  slug: 'spices',
  name: { en: 'Spices', bn: 'মসলা' },
  products: [
    {
      slug: 'turmeric-powder-khagrachhari',
      name: { en: 'Hill turmeric powder', bn: 'পাহাড়ি হলুদের গুঁড়া' },
      description: {
        en: 'Fingers of turmeric from Khagrachhari, boiled, sun-dried for ten days and ground on the day of packing. Half a teaspoon does the work of a whole one. Nothing added, tested for lead chromate.',
        bn: 'খাগড়াছড়ির হলুদ সেদ্ধ করে দশ দিন রোদে শুকানো, প্যাকেটের দিনই ভাঙানো। এক চামচের কাজ আধা চামচে হয়ে যায়। কোনো ভেজাল নেই, সিসা আছে কি না পরীক্ষা করা।',
      },
      images: [],
      variants: [
        { sku: 'SPC-HOLUD-100G', name: { en: '100 g', bn: '১০০ গ্রাম' }, pricePoisha: 75_00, onHand: 320 },
        { sku: 'SPC-HOLUD-250G', name: { en: '250 g', bn: '২৫০ গ্রাম' }, pricePoisha: 175_00, onHand: 205 },
        { sku: 'SPC-HOLUD-500G', name: { en: '500 g', bn: '৫০০ গ্রাম' }, pricePoisha: 340_00, onHand: 150 },
      ],
    },
    {
      slug: 'bogura-red-chilli-powder',
      name: { en: 'Bogura red chilli powder', bn: 'বগুড়ার লাল মরিচের গুঁড়া' },
      description: {
        en: 'Chillies from the river chars of Sariakandi, dried on the sandbanks of the Jamuna and ground with the stalks removed. Bright red and properly hot, so begin with less than usual.',
        bn: 'যমুনার চরে ফলানো সারিয়াকান্দির মরিচ, বালুচরে শুকিয়ে বোঁটা ফেলে গুঁড়া করা। রং টকটকে, ঝালও আসল; প্রথমবার একটু কম দিয়ে রাঁধুন।',
      },
      images: [],
      variants: [
        { sku: 'SPC-MORICH-100G', name: { en: '100 g', bn: '১০০ গ্রাম' }, pricePoisha: 95_00, onHand: 300 },
        { sku: 'SPC-MORICH-250G', name: { en: '250 g', bn: '২৫০ গ্রাম' }, pricePoisha: 225_00, onHand: 190 },
        {
          sku: 'SPC-MORICH-500G',
          name: { en: '500 g', bn: '৫০০ গ্রাম' },
          pricePoisha: 440_00,
          salePricePoisha: 399_00,
          onHand: 125,
        },
      ],
    },
    {
      slug: 'kacchi-biryani-masala',
      name: { en: 'Old Dhaka kacchi masala', bn: 'পুরান ঢাকার কাচ্চি মসলা' },
      description: {
        en: 'Eleven spices, among them mace, shah jeera and kabab chini, mixed by a retired cook from Nazira Bazar. One sachet is for two kilos of mutton; the method is printed inside in both languages.',
        bn: 'জয়ত্রী, শাহি জিরা, কাবাব চিনিসহ এগারো রকম মসলা; মিশিয়েছেন নাজিরাবাজারের এক প্রবীণ বাবুর্চি। এক প্যাকেট দুই কেজি খাসির জন্য, ভেতরে বাংলা-ইংরেজিতে রান্নার নিয়ম লেখা আছে।',
      },
      images: [],
      variants: [
        {
          sku: 'SPC-KACCHI-60G',
          name: { en: 'One sachet, 60 g', bn: 'এক প্যাকেট, ৬০ গ্রাম' },
          pricePoisha: 120_00,
          onHand: 280,
        },
        {
          sku: 'SPC-KACCHI-5X60G',
          name: { en: 'Five sachets', bn: 'পাঁচ প্যাকেট' },
          pricePoisha: 560_00,
          salePricePoisha: 499_00,
          onHand: 90,
        },
      ],
    },
    {
      slug: 'whole-garam-masala-box',
      name: { en: 'Whole garam masala in a tin', bn: 'কৌটায় আস্ত গরমমসলা' },
      description: {
        en: 'Green cardamom, cinnamon, clove, bay leaf, black pepper, nutmeg and star anise in seven compartments of one round tin, 210 grams altogether. Refill pouches cost less and fit the same tin.',
        bn: 'এলাচ, দারুচিনি, লবঙ্গ, তেজপাতা, গোলমরিচ, জায়ফল আর তারা মৌরি; গোল কৌটার সাত খোপে মোট ২১০ গ্রাম। পরে কম দামের রিফিল কিনে একই কৌটায় ভরে নিতে পারবেন।',
      },
      images: [],
      variants: [
        { sku: 'SPC-GARAM-TIN', name: { en: 'Tin', bn: 'কৌটা' }, pricePoisha: 890_00, onHand: 85 },
        { sku: 'SPC-GARAM-REFILL', name: { en: 'Refill', bn: 'রিফিল' }, pricePoisha: 690_00, onHand: 140 },
      ],
    },
    {
      slug: 'cold-pressed-mustard-oil',
      name: { en: 'Ghani-pressed mustard oil', bn: 'ঘানিভাঙা সরিষার তেল' },
      description: {
        en: 'Local maghi mustard pressed in a wooden ghani in Sirajganj, unfiltered, with a bite that reaches the nose. Good for bhorta, pickles and jhalmuri. Let the sediment settle for a day.',
        bn: 'সিরাজগঞ্জের কাঠের ঘানিতে দেশি মাঘী সরিষা ভাঙানো তেল, ঝাঁজ নাক পর্যন্ত ওঠে। ভর্তা, আচার আর ঝালমুড়ির জন্য সেরা। বোতল এক দিন স্থির রাখলে তলানি নিচে বসে যাবে।',
      },
      images: [],
      variants: [
        { sku: 'SPC-SORISHA-500ML', name: { en: '500 ml', bn: '৫০০ মিলি' }, pricePoisha: 185_00, onHand: 210 },
        { sku: 'SPC-SORISHA-1L', name: { en: '1 litre', bn: '১ লিটার' }, pricePoisha: 350_00, onHand: 230 },
        {
          sku: 'SPC-SORISHA-5L',
          name: { en: '5 litres', bn: '৫ লিটার' },
          pricePoisha: 1690_00,
          onHand: 60,
        },
      ],
    },
  ],
}
