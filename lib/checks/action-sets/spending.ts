import { ActionSet } from '../judging/grants/allowed-actions';

/** Actions that buy something. */
export const SPENDING = new ActionSet(
  'aws-marketplace:AcceptAgreementRequest',
  'aws-marketplace:Subscribe',
  'bedrock-agentcore:ProcessPayment',
  'bedrock:CreateFoundationModelAgreement',
  'bedrock:CreateProvisionedModelThroughput',
  'dynamodb:PurchaseReservedCapacityOfferings',
  'ec2:Purchase*',
  'elasticache:PurchaseReservedCacheNodesOffering',
  'es:PurchaseReservedInstanceOffering',
  'rds:PurchaseReservedDBInstancesOffering',
  'redshift:PurchaseReservedNodeOffering',
  'route53domains:RegisterDomain',
  'route53domains:TransferDomain',
  'savingsplans:CreateSavingsPlan',
);
