import type { RankRuleName } from './rank-rules.js';

interface RankWording {
  readonly title: string;
  readonly meaning: string;
  /** How to make a candidate rank higher here. */
  readonly remedy: string;
  /** The winning score over the losing one, in half a sentence: `50 over 10`. */
  readonly tell: (winner: number, loser: number) => string;
  /** The same from the side of a loser: `10 against 50`. */
  readonly tellLoss: (own: number, winner: number) => string;
}

export const RANK_WORDING: Readonly<Record<RankRuleName, RankWording>> = {
  selection: {
    title: 'Configuration names it',
    meaning:
      'A selection names the provider for a domain and key. It scores 1 and all others 0. A selection is a pin: where its provider is missing or filtered, nothing wins. The policy `prefer` falls back to the other rules instead. A request that names a provider itself is not bound by it.',
    remedy: 'Select the provider: `selections: { <domain>: { <key>: "<provider>" } }`.',
    tell: () => 'which names it',
    tellLoss: () => 'which does not name it',
  },
  capability: {
    title: 'It has more of the requested capabilities',
    meaning:
      'How many of the requested capabilities the candidate has. It differs only where the request does not require all of them.',
    remedy: 'Add the capability to the candidate, if it has it.',
    tell: (winner, loser) => `${String(winner)} over ${String(loser)} of those requested`,
    tellLoss: (own, winner) => `${String(own)} against ${String(winner)} of those requested`,
  },
  priority: {
    title: 'Its priority is higher',
    meaning:
      "An integer from -1000 to 1000: the candidate's own, else the one that the stack order gives its package, else the default of the registry (0).",
    remedy: 'Raise the priority of the candidate, or place its package higher in the stack order.',
    tell: (winner, loser) => `${String(winner)} over ${String(loser)}`,
    tellLoss: (own, winner) => `${String(own)} against ${String(winner)}`,
  },
  stackLevel: {
    title: 'Its stack level is higher',
    meaning: 'A layer number from -100 to 100, 0 by default: of equal priorities, the upper layer wins.',
    remedy: 'Raise the stack level of the candidate.',
    tell: (winner, loser) => `${String(winner)} over ${String(loser)}`,
    tellLoss: (own, winner) => `${String(own)} against ${String(winner)}`,
  },
  registration: {
    title: 'It was registered later',
    meaning:
      'Nothing else tells the two apart, so the later registration wins. The outcome is then a tie, since the order of registrations is rarely meant to decide.',
    remedy: 'Break the tie: give one of them another priority or stack level, or select one.',
    tell: () => 'the later one, and nothing else tells them apart',
    tellLoss: () => 'it is the earlier one, and nothing else tells them apart',
  },
};
