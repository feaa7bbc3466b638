import { followerCountAction } from '../follower/followers.ts';

export const organizationFollowerCount = followerCountAction('group', 'organization');
