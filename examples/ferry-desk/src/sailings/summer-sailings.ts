import type { Sailing } from './sailing.js';

/** Invented, as the islands are. */
export const summerSailings: readonly Sailing[] = [
  { id: 'north-08', from: 'Quayside', to: 'North Holm', seats: 1000, centsPerSeat: 1450, isOpen: true },
  { id: 'north-12', from: 'Quayside', to: 'North Holm', seats: 1000, centsPerSeat: 1650, isOpen: true },
  { id: 'north-17', from: 'North Holm', to: 'Quayside', seats: 1000, centsPerSeat: 1650, isOpen: true },
  { id: 'skerry-09', from: 'Quayside', to: 'Outer Skerry', seats: 1000, centsPerSeat: 2200, isOpen: true },
  { id: 'skerry-18', from: 'Outer Skerry', to: 'Quayside', seats: 1000, centsPerSeat: 2200, isOpen: true },
  { id: 'night-23', from: 'Quayside', to: 'Mainland', seats: 1200, centsPerSeat: 4900, isOpen: true },
  { id: 'storm-06', from: 'Quayside', to: 'Mainland', seats: 1200, centsPerSeat: 4900, isOpen: false },
];
