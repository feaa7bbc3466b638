import { followerListAction } from '../follower/followers.ts';

export const organizationFollowerList = followerListAction('group', 'organization');
