import { unfollowAction } from '../follower/follow.ts';

export const unfollowUser = unfollowAction('user');
