import { catalogueActions, registerActions } from '@portolan/catalogue';
import { registerHarvest } from '@portolan/harvest';

// As every process of the product does at its start. The test files of a worker share its modules, so it is done here
// and once.
registerActions(catalogueActions);
registerHarvest();
