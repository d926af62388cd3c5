/** What the demo's input is made of, with everything that is hard to write down. */
export const PLACES: readonly Readonly<Record<string, string>>[] = [
  { name: 'Sant Julià de Lòria', lat: '42.46372', lng: '1.49129', country: 'AD', admin1: '06', admin2: '' },
  { name: '東京', lat: '35.6895', lng: '139.69171', country: 'JP', admin1: '40', admin2: '' },
  { name: 'no', lat: '-0', lng: '1e3', country: 'NO', admin1: 'true', admin2: 'null' },
  { name: ' "quoted": #\n\t\\ ', lat: '', lng: '~', country: '- -', admin1: '{}', admin2: '[]' },
  { name: '👩‍🚀 Baikonur', lat: '45.965', lng: '63.305', country: 'KZ', admin1: '', admin2: '007' },
];
