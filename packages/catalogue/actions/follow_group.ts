import { followAction } from '../follower/follow.ts';

export const followGroup = followAction('group');
