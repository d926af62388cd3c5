/** What happens to one instance, in this order: a new one up to `preSwap`, then it is bound; the old one from `drain` on. */
export const PHASES = ['build', 'health', 'handover', 'preSwap', 'drain', 'cleanup', 'postSwap'] as const;
export type Phase = (typeof PHASES)[number];

/** Why it happens. `follow`: the decision changed; `trial`: is an unhealthy one well again? */
export type Operation =
  | 'activate'
  | 'swap'
  | 'rollback'
  | 'follow'
  | 'deactivate'
  | 'close'
  | 'pause'
  | 'drain'
  | 'resume'
  | 'probe'
  | 'trial';
