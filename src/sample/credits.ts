import type { SampleStory } from './sample.types.js';

type Credit = SampleStory['credits'][number];

export const author = (person: string): Credit => ({ role: 'AUTHOR', person });
export const editor = (person: string): Credit => ({ role: 'EDITOR', person });
export const agency = (organisation: string, text: string): Credit => ({ role: 'AGENCY', organisation, text });
export const drawnByWren: Credit = { role: 'ILLUSTRATOR', person: 'odile-wren' };
