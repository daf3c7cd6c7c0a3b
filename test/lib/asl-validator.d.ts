/** The package has no types of its own. Its function writes defaults into the definition that it is passed. */
declare module 'asl-validator' {
  export default function validate(
    definition: object,
    options: { checkArn: boolean; checkPaths: boolean },
  ): { isValid: boolean; errorsText: () => string };
}
