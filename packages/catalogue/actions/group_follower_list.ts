import { followerListAction } from '../follower/followers.ts';

export const groupFollowerList = followerListAction('group');
