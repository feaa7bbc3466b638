import { unfollowAction } from '../follower/follow.ts';

export const unfollowGroup = unfollowAction('group');
