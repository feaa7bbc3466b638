import { followerCountAction } from '../follower/followers.ts';

export const userFollowerCount = followerCountAction('user');
