// Stands in for the packages that `bin/reference-script.ts` leaves out of the script.
module.exports = {};
