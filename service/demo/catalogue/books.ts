import type { DemoCategory } from '../types.ts'

export const books: DemoCategory = {
  slug: 'books',
  name: { en: 'Books', bn: 'বই' },
  products: [
    {
      slug: 'pather-panchali-bibhutibhushan',
      name: { en: 'Pather Panchali, Bibhutibhushan Bandyopadhyay', bn: 'পথের পাঁচালী, বিভূতিভূষণ বন্দ্যোপাধ্যায়' },
      description: {
        en: 'Apu, Durga and the train beyond the kash flowers: the novel of 1929 in Bangla, set in large type on cream offset paper. 312 pages, from our own imprint Kathaltala.',
        bn: 'অপু, দুর্গা আর কাশবনের ওপারের রেলগাড়ি। ১৯২৯ সালের সেই উপন্যাস, বড় হরফে ঘিয়ে অফসেট কাগজে ছাপা; ৩১২ পৃষ্ঠা, আমাদের নিজস্ব প্রকাশনা কাঁঠালতলা থেকে।',
      },
      images: [],
      variants: [
        { sku: 'BOK-PATHER-HB', name: { en: 'Hardback', bn: 'শক্ত মলাট' }, pricePoisha: 480_00, onHand: 85 },
        { sku: 'BOK-PATHER-PB', name: { en: 'Paperback', bn: 'পেপারব্যাক' }, pricePoisha: 320_00, onHand: 120 },
      ],
    },
    {
      slug: 'sultanas-dream-bilingual',
      name: { en: "Sultana's Dream, Begum Rokeya (bilingual)", bn: 'সুলতানার স্বপ্ন, বেগম রোকেয়া (দ্বিভাষিক)' },
      description: {
        en: 'A country run by women on solar power, imagined in 1905. The English original faces a Bangla text on every spread, with six ink drawings made for this edition. 96 pages, sewn binding.',
        bn: 'মেয়েরা দেশ চালান, চুলা জ্বলে সূর্যের তাপে; কল্পনাটি ১৯০৫ সালের। প্রতি জোড়া পৃষ্ঠায় এক পাশে মূল ইংরেজি, অন্য পাশে বাংলা, সঙ্গে এই সংস্করণের জন্য আঁকা ছয়টি ছবি। ৯৬ পৃষ্ঠা, সুতায় বাঁধাই।',
      },
      images: [],
      variants: [{ sku: 'BOK-SULTANA-BI', name: null, pricePoisha: 260_00, salePricePoisha: 210_00, onHand: 155 }],
    },
    {
      slug: 'abol-tabol-sukumar-ray',
      name: { en: 'Abol Tabol, Sukumar Ray', bn: 'আবোল তাবোল, সুকুমার রায়' },
      description: {
        en: 'All the nonsense rhymes with the drawings by the poet himself, on board thick enough for small hands. Bangla. For ages four to ninety.',
        bn: 'কুমড়োপটাশ, হুঁকোমুখো হ্যাংলা, ট্যাঁশ গরু, সবাই আছে; ছবিগুলোও কবির নিজের আঁকা। ছোটদের হাতে টেকার মতো মোটা কাগজ। চার থেকে নব্বই, সব বয়সের জন্য।',
      },
      images: [],
      variants: [{ sku: 'BOK-ABOLTABOL', name: null, pricePoisha: 350_00, onHand: 180 }],
    },
    {
      slug: 'thakurmar-jhuli-illustrated',
      name: { en: 'Thakurmar Jhuli, illustrated', bn: 'ঠাকুরমার ঝুলি, সচিত্র' },
      description: {
        en: 'Lalkamal and Neelkamal, seven champa brothers and the demon queen, as Dakshinaranjan Mitra Majumder collected them in 1907. Bangla, with full-colour plates in the manner of Gazir pot scrolls. 240 pages.',
        bn: 'লালকমল-নীলকমল, সাত ভাই চম্পা আর রাক্ষসী রানি, ১৯০৭ সালে দক্ষিণারঞ্জন মিত্র মজুমদার যেমন সংগ্রহ করেছিলেন। গাজীর পটের ঢঙে আঁকা রঙিন ছবি, ২৪০ পৃষ্ঠা।',
      },
      images: [],
      variants: [
        { sku: 'BOK-JHULI-STD', name: { en: 'Standard', bn: 'সাধারণ সংস্করণ' }, pricePoisha: 420_00, onHand: 100 },
        {
          sku: 'BOK-JHULI-GIFT',
          name: { en: 'Gift edition in a box', bn: 'বাক্সসহ উপহার সংস্করণ' },
          pricePoisha: 780_00,
          salePricePoisha: 690_00,
          onHand: 36,
        },
      ],
    },
    {
      slug: 'rupasi-bangla-jibanananda',
      name: { en: 'Rupasi Bangla, Jibanananda Das', bn: 'রূপসী বাংলা, জীবনানন্দ দাশ' },
      description: {
        en: 'The sonnets about the Dhanshiri river, kingfishers and wet paddy that were found in an exercise book after the death of the poet. Bangla, pocket size, cloth spine.',
        bn: 'ধানসিড়ি নদী, মাছরাঙা আর ভেজা ধানের সেই সনেটগুলো, কবির মৃত্যুর পর যা মিলেছিল একটি খাতায়। পকেটে রাখার মাপ, কাপড়ে বাঁধা পুট।',
      },
      images: [],
      variants: [{ sku: 'BOK-RUPASI-PKT', name: null, pricePoisha: 180_00, onHand: 210 }],
    },
    {
      slug: 'dhaka-kitchen-eid-cookbook',
      name: { en: 'Forty Eid dishes from Dhaka kitchens', bn: 'ঢাকার হেঁশেলে ঈদের চল্লিশ পদ' },
      description: {
        en: 'Recipes from forty households between Lalbagh and Uttara, each cooked twice by our testers on a two-burner stove. Bangla and English side by side, spiral bound so that it lies flat beside the pot.',
        bn: 'লালবাগ থেকে উত্তরা, চল্লিশ বাড়ির চল্লিশ রেসিপি; প্রতিটি দুই চুলার সাধারণ রান্নাঘরে দুবার করে রেঁধে দেখা। বাংলা ও ইংরেজি পাশাপাশি, স্পাইরাল বাঁধাই বলে হাঁড়ির পাশে খুলে রাখা যায়।',
      },
      images: [],
      variants: [{ sku: 'BOK-EIDCOOK', name: null, pricePoisha: 650_00, onHand: 94 }],
    },
  ],
}
