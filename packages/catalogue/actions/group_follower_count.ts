import { followerCountAction } from '../follower/followers.ts';

export const groupFollowerCount = followerCountAction('group');
