import { ConditionalCheckFailedException, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';

const dynamoDb = new DynamoDBClient({});
const stepFunctions = new SFNClient({});

/** Marks the parcel as picked up, and has the workflow that waits for it go on. A parcel that was scanned before stays as it is. */
export async function handler({ parcelId, courier }: { parcelId: string; courier: string }): Promise<{ news: boolean }> {
  try {
    const { Attributes: parcel } = await dynamoDb.send(
      new UpdateItemCommand({
        TableName: process.env['PARCELS'],
        Key: { parcelId: { S: parcelId } },
        UpdateExpression: 'SET #status = :pickedUp',
        ConditionExpression: '#status = :waiting',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':pickedUp': { S: 'PICKED_UP' }, ':waiting': { S: 'WAITING' } },
        ReturnValues: 'ALL_NEW',
      }),
    );
    const output = JSON.stringify({ parcelId, courier });
    await stepFunctions.send(new SendTaskSuccessCommand({ taskToken: parcel?.['taskToken']?.S, output }));
    return { news: true };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return { news: false };
    throw error;
  }
}
