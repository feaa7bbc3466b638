import { followerListAction } from '../follower/followers.ts';

export const userFollowerList = followerListAction('user');
