package org.seqgan.core;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.seqgan.core.config.ConfigurationFuzzTest;
import org.seqgan.core.config.MatrixFileFuzzTest;
import org.seqgan.core.io.SafetensorsFuzzTest;
import org.seqgan.core.matrix.MatrixRecordsFuzzTest;
import org.seqgan.core.portable.ModelFileFuzzTest;
import org.seqgan.core.run.RunFilesFuzzTest;
import org.seqgan.core.survey.SurveyFuzzTest;
import org.seqgan.testkit.FuzzingContract;
import org.seqgan.testkit.ReaderContract;

@Tag("slow")
class FuzzingTest extends FuzzingContract {
  @Override
  protected List<ReaderContract> readers() {
    return List.of(
        new SafetensorsFuzzTest(),
        new ConfigurationFuzzTest(),
        new MatrixFileFuzzTest(),
        new RunFilesFuzzTest(),
        new MatrixRecordsFuzzTest(),
        new SurveyFuzzTest(),
        new ModelFileFuzzTest());
  }
}
