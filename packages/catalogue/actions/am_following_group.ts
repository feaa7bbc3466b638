import { amFollowingAction } from '../follower/followers.ts';

export const amFollowingGroup = amFollowingAction('group');
