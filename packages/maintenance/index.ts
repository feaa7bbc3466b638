export { type Control, type ControlChange, readControl } from './control.ts';
export { emptyDatabase } from './empty.ts';
export { join, type Membership, type MembershipOptions } from './membership.ts';
export { changeEverywhere } from './switch.ts';
