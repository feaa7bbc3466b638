import { followAction } from '../follower/follow.ts';

export const followUser = followAction('user');
