import { amFollowingAction } from '../follower/followers.ts';

export const amFollowingUser = amFollowingAction('user');
