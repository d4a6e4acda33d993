import type { SampleSection } from './sample.types.js';

export const sections: SampleSection[] = [
  { slug: 'world', name: 'World', description: 'Reporting from beyond our own borders.' },
  {
    slug: 'mena',
    name: 'Mena',
    description: 'The Middle East and North Africa, from Rabat to Tehran.',
    parent: 'world',
  },
  { slug: 'israel', name: 'Israel', description: 'Israeli politics, security and society.', parent: 'mena' },
  { slug: 'iran', name: 'Iran', description: 'Iran’s government, its people and its nuclear file.', parent: 'mena' },
  { slug: 'gulf', name: 'Gulf', description: 'The Arabian peninsula, its seas and its diplomacy.', parent: 'mena' },
  { slug: 'europe', name: 'Europe', description: 'The European Union and its neighbours.', parent: 'world' },
  { slug: 'politics', name: 'Politics', description: 'Elections, parliaments and those who run for office.' },
  { slug: 'climate', name: 'Climate', description: 'A warming planet and the effort to slow it down.' },
  { slug: 'business', name: 'Business', description: 'Companies, trade and central banks.' },
  { slug: 'technology', name: 'Technology', description: 'Software, chips and the rules made for them.' },
  { slug: 'culture', name: 'Culture', description: 'Books, buildings and spectacles.' },
];
