import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

const dynamoDb = new DynamoDBClient({});

/** Keeps the token until somebody scans the parcel. */
export async function handler({ parcelId, taskToken }: { parcelId: string; taskToken: string }): Promise<void> {
  await dynamoDb.send(
    new PutItemCommand({
      TableName: process.env['PARCELS'],
      Item: { parcelId: { S: parcelId }, taskToken: { S: taskToken }, status: { S: 'WAITING' } },
    }),
  );
}
