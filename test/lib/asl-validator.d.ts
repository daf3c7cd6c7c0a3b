/** The package ships no types. It writes defaults into the definition it is given. */
declare module 'asl-validator' {
  export default function validate(
    definition: object,
    options: { checkArn: boolean; checkPaths: boolean },
  ): { isValid: boolean; errorsText: () => string };
}
