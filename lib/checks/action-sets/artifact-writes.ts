import { ActionSet } from '../judging/grants/allowed-actions';

/** Actions that put another image into a repository. */
export const IMAGE_WRITES = new ActionSet(
  'ecr:BatchImportUpstreamImage',
  'ecr:CompleteLayerUpload',
  'ecr:InitiateLayerUpload',
  'ecr:PutImage',
  'ecr:ReplicateImage',
  'ecr:UploadLayerPart',
);

/** Actions that put another object in the place of one, or take it away. */
export const OBJECT_WRITES = new ActionSet(
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:PutObject',
  's3:ReplicateDelete',
  's3:ReplicateObject',
);

/** Actions that put another value into a secret. */
export const SECRET_WRITES = new ActionSet('secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret');
